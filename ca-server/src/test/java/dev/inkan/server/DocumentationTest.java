package dev.inkan.server;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What the documentation names exists")
class DocumentationTest {

  private static final Path ROOT = root();

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern TEST_CLASS = Pattern.compile("[A-Z]\\w*Test");
  private static final Pattern CONFIGURATION_KEY =
      Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z][a-z0-9-]*)+");
  private static final Pattern FILE_NAME =
      Pattern.compile(".*\\.(?:yaml|jar|key|log|p12|xml|json)");
  private static final Pattern ARTIFACT =
      Pattern.compile(
          "<(?:dependency|plugin|path)>\\s*(?:<groupId>([^<]+)</groupId>\\s*)?"
              + "<artifactId>([^<]+)</artifactId>(?:\\s*<version>([^<]+)</version>)?");
  private static final Pattern PROPERTY = Pattern.compile("<([a-z0-9-]+\\.version)>([^<]+)<");
  private static final Pattern YAML_KEY =
      Pattern.compile("^( *)(?:#  )?([a-z][a-z0-9-]*):(?: .*)?$");

  @ParameterizedTest(name = "S17: every test that {0} names exists")
  @ValueSource(
      strings = {
        "docs/security.md",
        "docs/issuance.md",
        "docs/architecture.md",
        "docs/development.md",
        "docs/cp-cps.md",
        "docs/runbooks/README.md"
      })
  @Tag("S17")
  void testsExist(String page) throws IOException {
    Set<String> sources = fileNames(".java");

    assertThat(codeOf(page).filter(it -> TEST_CLASS.matcher(it).matches()))
        .isNotEmpty()
        .allSatisfy(test -> assertThat(sources).contains(test + ".java"));
  }

  @Test
  @Tag("S15")
  @DisplayName("S15: every dependency and plugin of the poms is explained, in its version")
  void dependenciesAreExplained() throws IOException {
    String parent = read("pom.xml");
    List<String> rows = read("docs/dependencies.md").lines().toList();
    List<String> missing = new ArrayList<>();
    int artifacts = 0;

    for (Path pom : files("pom.xml")) {
      for (MatchResult found : all(ARTIFACT, Files.readString(pom))) {
        String version = found.group(3) == null ? "" : resolved(found.group(3), parent);
        String artifact = "`" + found.group(2) + "`";
        artifacts++;
        if (rows.stream().noneMatch(row -> row.contains(artifact) && row.contains(version))) {
          missing.add(artifact + " " + version);
        }
      }
    }

    assertThat(artifacts).isGreaterThan(50);
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest(name = "every configuration key that {0} names is one")
  @ValueSource(strings = {"docs/operation.md", "docs/security.md", "docs/cp-cps.md", "README.md"})
  void keysExist(String page) throws IOException {
    Set<String> keys = configurationKeys();

    assertThat(
            codeOf(page)
                .filter(it -> CONFIGURATION_KEY.matcher(it).matches())
                .filter(it -> !FILE_NAME.matcher(it).matches())
                .filter(it -> !it.startsWith("dev.inkan.") && !it.startsWith("core.")))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(keys).contains(key));
  }

  @ParameterizedTest(name = "the links of {0} lead somewhere")
  @MethodSource("pages")
  void linksLeadSomewhere(String page) throws IOException {
    Path file = ROOT.resolve(page);
    for (MatchResult link : all(LINK, Files.readString(file))) {
      String[] target = link.group(1).split("#", 2);
      if (!target[0].startsWith("https://")) {
        Path led = target[0].isEmpty() ? file : file.resolveSibling(target[0]).normalize();
        assertThat(led).exists();
        if (target.length == 2) {
          assertThat(anchors(led)).contains(target[1]);
        }
      }
    }
  }

  @Test
  @DisplayName("the README shows the example that is compiled and run")
  void exampleIsTheCompiledOne() throws IOException {
    String readme = read("README.md");
    int begin = readme.indexOf("```java\n") + "```java\n".length();
    String shown = readme.substring(begin, readme.indexOf("```", begin));
    String compiled = read("ca-core/src/test/java/dev/inkan/example/EmbeddedAuthority.java");

    assertThat(shown.lines().count()).isBetween(10L, 30L);
    assertThat(compiled.lines().map(String::strip).toList())
        .containsSequence(shown.lines().map(String::strip).toList());
  }

  static List<String> pages() throws IOException {
    return files(".md").stream().map(it -> ROOT.relativize(it).toString()).toList();
  }

  private static Set<String> configurationKeys() throws IOException {
    Set<String> keys = new TreeSet<>();
    List<String> sections = new ArrayList<>();
    for (String line : read("config/inkan.yaml").lines().toList()) {
      Matcher key = YAML_KEY.matcher(line);
      if (key.matches()) {
        int depth = key.group(1).length() / 2;
        sections.subList(depth, sections.size()).clear();
        sections.add(key.group(2));
        keys.add(String.join(".", sections));
      }
    }
    return keys;
  }

  private static String resolved(String version, String parent) {
    return all(PROPERTY, parent).stream()
        .filter(property -> version.equals("${" + property.group(1) + "}"))
        .map(property -> property.group(2))
        .findFirst()
        .orElse(version.startsWith("${project.") ? "" : version);
  }

  private static Set<String> anchors(Path page) throws IOException {
    return Files.readString(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} -]", "").replace(' ', '-'))
        .collect(toSet());
  }

  private static Stream<String> codeOf(String page) throws IOException {
    return all(CODE, read(page)).stream().map(code -> code.group(1)).distinct();
  }

  private static List<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static String read(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  private static Set<String> fileNames(String ending) throws IOException {
    return files(ending).stream().map(it -> it.getFileName().toString()).collect(toSet());
  }

  /** The project's own files, without what builds and tools put among them. */
  private static List<Path> files(String ending) throws IOException {
    Set<String> others = Set.of("target", "node_modules", ".git", "demo-data");
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped = others.contains(folder.getFileName().toString());
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(ending)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("config/inkan.yaml"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("not inside the project");
      }
      folder = parent;
    }
    return folder;
  }
}
