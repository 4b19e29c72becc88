package dev.inkan.admin.client;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code admin.conf}: lines {@code name = value}, in UTF-8. Paths are relative to its own folder.
 * Read at most once, by one thread.
 */
public final class SettingsFile {

  private static final String SERVER = "server";
  private static final String CREDENTIAL = "credential";
  private static final String TRUST = "trust";
  private static final String PASSWORD_FILE = "password-file";
  private static final Set<String> NAMES = Set.of(SERVER, CREDENTIAL, TRUST, PASSWORD_FILE);

  private final Path file;
  private final Properties values;

  private SettingsFile(Path file, Properties values) {
    this.file = file;
    this.values = values;
  }

  /** Where it is looked for: {@code $XDG_CONFIG_HOME/inkan}, else {@code ~/.config/inkan}. */
  public static Path usual(Map<String, String> environment, Path home) {
    String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path folder = configured.isEmpty() ? home.resolve(".config") : Path.of(configured);
    return folder.resolve("inkan").resolve("admin.conf");
  }

  /** The file, or one that says nothing if it is not there. */
  public static SettingsFile readIfThere(Path file) {
    return Files.exists(file) ? read(file) : new SettingsFile(file, new Properties());
  }

  /**
   * The file.
   *
   * @throws SettingsException if it cannot be read or has a name that means nothing
   */
  public static SettingsFile read(Path file) {
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      values.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(
          "the configuration file " + file + " cannot be read", "check its name and its owner", e);
    }
    Set<String> unknown = new TreeSet<>(values.stringPropertyNames());
    unknown.removeAll(NAMES);
    if (!unknown.isEmpty()) {
      throw new SettingsException(
          file + " has a line «" + unknown.iterator().next() + "» that means nothing",
          "use " + String.join(", ", new TreeSet<>(NAMES)));
    }
    return new SettingsFile(file, values);
  }

  Optional<String> server() {
    return Optional.ofNullable(values.getProperty(SERVER)).map(String::strip);
  }

  Optional<Path> credential() {
    return path(CREDENTIAL);
  }

  /** The configured roots. */
  public Optional<Path> trust() {
    return path(TRUST);
  }

  Optional<Path> passwordFile() {
    return path(PASSWORD_FILE);
  }

  private Optional<Path> path(String name) {
    @Nullable Path folder = file.toAbsolutePath().getParent();
    return Optional.ofNullable(values.getProperty(name))
        .map(String::strip)
        .map(value -> folder == null ? Path.of(value) : folder.resolve(value));
  }
}
