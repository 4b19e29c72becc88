package dev.inkan.server.config;

import dev.inkan.server.config.Allowed.ExistingFile;
import dev.inkan.server.config.Problem.Origin;
import dev.inkan.server.config.ValueReader.Expected;
import dev.inkan.server.config.ValueReader.Refusal;
import dev.inkan.server.config.YamlSource.Value;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads the configuration file. Environment variables override it: {@code INKAN_WEB_PORT} for
 * {@code web.port}. Every problem is collected before the file is refused.
 */
public final class ConfigFile {

  static final String PREFIX = "inkan";
  static final String HOST = "[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}";

  private static final List<ConfigKey> KEYS = ConfigKey.of(InkanConfig.class);
  private static final String RELATIVE_H2 = "jdbc:h2:file:./";

  private final Path file;
  private final ValueReader reader;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Map<String, Value> options = new LinkedHashMap<>();

  /** Problems that leave what the keys say as it is, so that contradictions can be told as well. */
  private final Set<Problem> harmless = new HashSet<>();

  private ConfigFile(Path file, Expected expected, Map<String, String> environment) {
    this.file = file.toAbsolutePath().normalize();
    Path folder = this.file.getParent();
    this.reader =
        new ValueReader(
            folder == null ? this.file : folder,
            expected,
            Optional.ofNullable(environment.get("CREDENTIALS_DIRECTORY")).map(Path::of));
  }

  /**
   * The configuration for a server that is to run: every file it names must be there.
   *
   * @throws ConfigurationException if anything in it cannot work
   */
  public static InkanConfig load(Path file) {
    return load(file, System.getenv());
  }

  /** As {@link #load(Path)}, under the environment variables {@code environment}. */
  public static InkanConfig load(Path file, Map<String, String> environment) {
    return load(file, environment, Optional.empty());
  }

  /** As above, for a server that does {@code roles}, if any, whatever else says so. */
  public static InkanConfig load(
      Path file, Map<String, String> environment, Optional<Roles> roles) {
    ConfigFile loading = new ConfigFile(file, Expected.ALL, environment);
    Origin option = new Origin("option --roles", Integer.MAX_VALUE);
    roles.ifPresent(it -> loading.options.put("roles", new Value(it.toString(), option)));
    return loading.read(environment);
  }

  /**
   * The configuration before the first start: keys, passphrases and certificates that {@code init}
   * makes may be missing.
   *
   * @throws ConfigurationException if anything in it cannot work
   */
  public static InkanConfig loadForInit(Path file, Map<String, String> environment) {
    return new ConfigFile(file, Expected.ALL_BUT_INITS, environment).read(environment);
  }

  /**
   * The configuration where none of the files it names need be there, for a command that brings
   * them.
   *
   * @throws ConfigurationException if anything in it cannot work
   */
  public static InkanConfig loadForRestore(Path file, Map<String, String> environment) {
    return new ConfigFile(file, Expected.NONE, environment).read(environment);
  }

  /** The names of all keys, sorted. */
  static List<ConfigKey> keys() {
    return KEYS;
  }

  private InkanConfig read(Map<String, String> environment) {
    YamlSource source = YamlSource.read(file.toString(), text());
    problems.addAll(source.problems());
    refuseProblems();
    values.putAll(source.values());
    refuseUnknown();
    override(environment);
    values.putAll(options);
    Map<String, String> properties = check();
    if (!harmless.containsAll(problems)) {
      refuseProblems();
    }
    InkanConfig config = map(properties);
    Contradictions.find(config, this::report);
    refuseProblems();
    return config;
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unreadable("there is no such file", "copy config/inkan.yaml there, or name another");
    } catch (CharacterCodingException e) {
      throw unreadable("it is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      throw unreadable(
          "it cannot be read (" + e.getClass().getSimpleName() + ")",
          "make it a file that this process may read");
    }
  }

  private ConfigurationException unreadable(String wrong, String mend) {
    Problem problem = new Problem(Origin.file(file.toString()), "", wrong, "", mend);
    return new ConfigurationException(List.of(problem.sentence()));
  }

  private void refuseUnknown() {
    Map<String, ConfigKey> known = byName();
    values.forEach(
        (name, value) -> {
          if (!known.containsKey(name)) {
            boolean section = KEYS.stream().anyMatch(key -> key.name().startsWith(name + "."));
            reportHarmless(
                new Problem(
                    value.origin(),
                    name,
                    section ? "is a section and takes no value" : "there is no such key",
                    siblings(section ? name + "." : name),
                    "correct the name, or remove the line"));
          }
        });
    values.keySet().retainAll(known.keySet());
  }

  /** The keys that could stand where {@code name} stands. */
  private static String siblings(String name) {
    String section = name.substring(0, name.lastIndexOf('.') + 1);
    TreeSet<String> names = new TreeSet<>();
    for (ConfigKey key : KEYS) {
      if (key.name().startsWith(section)) {
        names.add(key.name().substring(section.length()).replaceFirst("\\..*", ""));
      }
    }
    return names.isEmpty() ? "the keys of config/inkan.yaml" : String.join(", ", names);
  }

  private void override(Map<String, String> environment) {
    Map<String, ConfigKey> byVariable =
        KEYS.stream().collect(Collectors.toMap(ConfigKey::environmentVariable, key -> key));
    TreeSet<String> sections = new TreeSet<>();
    for (ConfigKey key : KEYS) {
      String name = key.name();
      if (name.contains(".")) {
        String section = name.substring(0, name.indexOf('.'));
        sections.add(ConfigKey.environmentVariable(section) + "_");
      }
    }
    environment.forEach(
        (variable, text) -> {
          Origin origin = new Origin("environment variable " + variable, Integer.MAX_VALUE);
          ConfigKey key = byVariable.get(variable);
          if (key != null) {
            values.put(key.name(), new Value(text, origin));
          } else if (sections.stream().anyMatch(variable::startsWith)) {
            reportHarmless(
                new Problem(origin, "", "stands for no key", "", "correct it, or unset it"));
          }
        });
  }

  /** The texts for the mapping; what cannot be read is reported. */
  private Map<String, String> check() {
    Map<String, String> properties = new HashMap<>();
    ValueReader reading = readerForRoles();
    for (ConfigKey key : KEYS) {
      Value value = values.get(key.name());
      if (value == null && key.defaultValue().isEmpty()) {
        if (!key.optional()) {
          report(key.name(), "is missing", "see config/inkan.yaml", "add it");
        }
        continue;
      }
      String text = value == null ? key.defaultValue().orElseThrow() : value.text();
      try {
        Object unused =
            opensNothing(key) ? reading.convert(key.type(), text) : reading.read(key, text);
        properties.put(PREFIX + "." + key.name(), absolute(text));
      } catch (Refusal e) {
        if (isReadable(key, text)) {
          String mend = "put the file there, or name another";
          reportHarmless(problem(key.name(), e.wrong(), e.allowed(), mend));
          properties.put(PREFIX + "." + key.name(), text);
        } else {
          String mend = value == null ? "this is the default: set the key" : "correct the value";
          report(key.name(), e.wrong(), e.allowed(), mend);
        }
      }
    }
    return properties;
  }

  /** Whether nothing is wrong but with the file that the key names. */
  private boolean isReadable(ConfigKey key, String text) {
    try {
      Object unused = reader.convert(key.type(), text);
      return key.annotation(ExistingFile.class).isPresent();
    } catch (Refusal e) {
      return false;
    }
  }

  /** What the server does decides which files it needs. */
  private ValueReader readerForRoles() {
    Value roles = values.get("roles");
    try {
      return roles == null ? reader : reader.forRoles(Roles.parse(roles.text()));
    } catch (IllegalArgumentException e) {
      return reader; // told with the key itself
    }
  }

  /** Whether the key's file is the passphrase of something that lives in a token. */
  private boolean opensNothing(ConfigKey key) {
    String opens = key.annotation(ExistingFile.class).map(ExistingFile::opens).orElse("");
    Value opened = values.get(opens);
    return opened != null && KeyPlace.isInToken(opened.text());
  }

  /** H2 starts relative paths at the process's folder, which nobody chose. */
  private String absolute(String text) {
    return text.startsWith(RELATIVE_H2)
        ? "jdbc:h2:file:" + reader.folder().resolve(text.substring(RELATIVE_H2.length()))
        : text;
  }

  private InkanConfig map(Map<String, String> properties) {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(InkanConfig.class);
    KEYS.stream().map(ConfigKey::type).distinct().forEach(type -> register(builder, type));
    return builder
        .withSources(new PropertiesConfigSource(properties, file.toString(), 100))
        .build()
        .getConfigMapping(InkanConfig.class);
  }

  @SuppressWarnings("unchecked") // What the reader makes for a type is of that type.
  private <T> void register(SmallRyeConfigBuilder builder, Class<T> type) {
    if (!type.isPrimitive() && type != String.class) {
      Converter<T> converter =
          text -> {
            try {
              return (T) reader.convert(type, text);
            } catch (Refusal e) {
              throw new IllegalArgumentException(e);
            }
          };
      builder.withConverter(type, 1000, converter);
    }
  }

  private void report(String key, String wrong, String allowed, String mend) {
    problems.add(problem(key, wrong, allowed, mend));
  }

  private void reportHarmless(Problem problem) {
    problems.add(problem);
    harmless.add(problem);
  }

  private Problem problem(String key, String wrong, String allowed, String mend) {
    Value value = values.get(key);
    Origin origin = value == null ? Origin.file(file.toString()) : value.origin();
    return new Problem(origin, key, wrong, allowed, mend);
  }

  private void refuseProblems() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(
          problems.stream()
              .sorted(Comparator.comparingInt(Problem::line))
              .map(Problem::sentence)
              .toList());
    }
  }

  private static Map<String, ConfigKey> byName() {
    return KEYS.stream().collect(Collectors.toMap(ConfigKey::name, key -> key));
  }
}
