package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkan.documents.Documents;
import dev.inkan.documents.ShownCommand;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

@DisplayName("The runbooks can be followed")
class RunbooksTest {

  private static final String FOLDER = "docs/runbooks/";
  private static final String INDEX = FOLDER + "README.md";
  private static final String PACKAGED = "file:///usr/share/doc/inkan-server/runbooks/";

  static List<String> runbooks() throws IOException {
    return Documents.ending(".md").stream()
        .filter(it -> it.startsWith(FOLDER) && !it.equals(INDEX))
        .toList();
  }

  @ParameterizedTest(name = "{0} has symptom, check, act, verify, who and how long")
  @MethodSource("runbooks")
  void parts(String runbook) throws IOException {
    String text = Documents.read(runbook);

    assertThat(text.lines().filter(it -> it.startsWith("## ")))
        .containsExactly("## Symptom", "## Check", "## Act", "## Verify");
    assertThat(text).contains("**Who:**", "**Takes:**", "**Alerts:**");
  }

  @Test
  @DisplayName("the index names every runbook")
  void index() throws IOException {
    String index = Documents.read(INDEX);

    assertThat(runbooks())
        .hasSizeGreaterThan(20)
        .allSatisfy(it -> assertThat(index).contains("](" + it.substring(FOLDER.length()) + ")"));
  }

  @Test
  @DisplayName("every alert names a runbook that is there and names the alert")
  void alerts() throws IOException {
    Map<String, String> alerts = alertsWithRunbooks();

    assertThat(alerts).hasSizeGreaterThan(10);
    for (Map.Entry<String, String> alert : alerts.entrySet()) {
      assertThat(alert.getValue()).as(alert.getKey()).startsWith(PACKAGED);
      String runbook = FOLDER + alert.getValue().substring(PACKAGED.length());
      assertThat(runbooks()).as(alert.getKey()).contains(runbook);
      assertThat(Documents.read(runbook)).contains("`" + alert.getKey() + "`");
    }
  }

  @Test
  @DisplayName("every alert that a runbook names is one")
  void alertsOfRunbooks() throws IOException {
    Set<String> alerts = alertsWithRunbooks().keySet();
    for (String runbook : runbooks()) {
      assertThat(Documents.read(runbook).replaceAll("(?s)```.*?```", "").split("[^A-Za-z]+"))
          .as(runbook)
          .filteredOn(it -> it.matches("Inkan[A-Z].*"))
          .allSatisfy(it -> assertThat(alerts).contains(it));
    }
  }

  @Test
  @DisplayName("every command and option of inkan-server that a document shows exists")
  void names() throws IOException {
    Map<String, Set<String>> commands = new TreeMap<>();
    program()
        .getSubcommands()
        .forEach((name, it) -> commands.put(name, it.getCommandSpec().optionsMap().keySet()));
    List<ShownCommand> shown = ShownCommand.of("inkan-server");

    assertThat(shown).hasSizeGreaterThan(60);
    assertThat(shown.stream().flatMap(it -> it.wrong(commands).stream())).isEmpty();
  }

  @Test
  @DisplayName("every command of inkan-server in a runbook can be copied: it parses")
  void syntax() throws IOException {
    List<ShownCommand> shown =
        ShownCommand.of("inkan-server").stream()
            .filter(it -> it.whole() && it.page().startsWith(FOLDER))
            .toList();

    assertThat(shown).hasSizeGreaterThan(30);
    assertThat(shown)
        .allSatisfy(
            it -> assertThat(program().parseArgs(it.words().toArray(String[]::new))).isNotNull());
  }

  @Test
  @DisplayName("every command of inkan-server has its row, and every option is in some document")
  void nothingIsHidden() throws IOException {
    String operation = Documents.read("docs/operation.md");
    StringBuilder all = new StringBuilder();
    for (String page : Documents.ending(".md")) {
      all.append(Documents.read(page));
    }
    program()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(operation).containsPattern("\\n\\| [^|\\n]*`" + name + "[ `]");
              assertThat(command.getCommandSpec().optionsMap().keySet())
                  .filteredOn(it -> it.startsWith("--"))
                  .allSatisfy(it -> assertThat(all).containsPattern(it + "\\b"));
            });
  }

  private static CommandLine program() {
    return InkanServer.commandLine(Clock.systemUTC(), new SecureRandom());
  }

  private static Map<String, String> alertsWithRunbooks() throws IOException {
    Object document = new Yaml().load(Documents.read("config/monitoring/prometheus-alerts.yaml"));
    JsonNode rules = new ObjectMapper().valueToTree(document).path("groups").path(0).path("rules");
    Map<String, String> alerts = new TreeMap<>();
    rules.forEach(
        alert ->
            alerts.put(
                alert.path("alert").asText(),
                alert.path("annotations").path("runbook_url").asText()));
    return alerts;
  }
}
