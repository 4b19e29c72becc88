package dev.inkan.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.admin.command.Desk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The program explains itself, every command of it. */
class HelpTest {

  private static final Map<String, List<String>> CONTRACT =
      Map.ofEntries(
          Map.entry("org", List.of("add", "list", "show", "suspend", "resume", "close")),
          Map.entry("master", List.of("initialise", "unlock", "unblock", "show")),
          Map.entry("user", List.of("list", "show", "unlock", "unblock")),
          Map.entry("cert", List.of("list", "show", "revoke", "hold", "release", "export")),
          Map.entry("request", List.of("add", "list", "show", "approve", "reject")),
          Map.entry("crl", List.of("publish", "show", "diff")),
          Map.entry("ca", List.of("show", "renew-responder")),
          Map.entry("operator", List.of("add", "list", "disable", "renew")),
          Map.entry("audit", List.of("list", "verify", "export")),
          Map.entry("report", List.of("expiring", "undelivered", "activity")),
          Map.entry("bulk", List.of("list", "show", "approve", "reject", "run")),
          Map.entry("mail", List.of("list", "retry")));

  private final FakeTerminal terminal = new FakeTerminal(false);
  private final Desk desk = new Desk(terminal, Map.of(), Path.of("/nowhere"), Clock.systemUTC());

  static Stream<String> commands() {
    Desk nobody =
        new Desk(new FakeTerminal(false), Map.of(), Path.of("/nowhere"), Clock.systemUTC());
    return all(CommandTree.whole(nobody))
        .map(it -> it.getCommandSpec().qualifiedName().replaceFirst("^inkan-admin ?", ""));
  }

  private static Stream<CommandLine> all(CommandLine line) {
    return Stream.concat(
        Stream.of(line), line.getSubcommands().values().stream().flatMap(HelpTest::all));
  }

  private int run(String... arguments) {
    return CommandTree.of(desk, arguments).execute(arguments);
  }

  @Test
  void theDocumentationNamesEveryVerbAndNoOther() throws IOException {
    List<String> page = Files.readAllLines(Path.of("..", "docs", "admin-cli.md"));
    CommandTree.whole(desk)
        .getSubcommands()
        .forEach(
            (noun, verbs) -> {
              if (!verbs.getSubcommands().isEmpty()) {
                List<String> row =
                    page.stream().filter(it -> it.startsWith("| `" + noun + "` |")).toList();
                assertThat(row).as(noun).hasSize(1);
                assertThat(
                        Pattern.compile("`([a-z-]+)`")
                            .matcher(row.get(0).split("[|;]", -1)[2])
                            .results()
                            .map(it -> it.group(1)))
                    .containsExactlyInAnyOrderElementsOf(verbs.getSubcommands().keySet());
              }
            });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandSaysWhatItDoesWithAnExample(String command) {
    List<String> arguments =
        new ArrayList<>(command.isEmpty() ? List.of() : List.of(command.split(" ", -1)));
    arguments.add("--help");

    assertThat(run(arguments.toArray(String[]::new))).isZero();

    String help = terminal.outText();
    assertThat(help)
        .startsWith("Usage: inkan-admin" + (command.isEmpty() ? "" : " " + command))
        .contains("Exit status:\n  0   done\n", "5   server not reachable");
    assertThat(help.substring(help.indexOf("Examples:"))).contains("inkan-admin " + command);
    assertThat(help.lines()).allMatch(it -> it.length() <= 104);
  }

  @Test
  void everyVerbOfTheContractIsThere() {
    List<String> there = commands().toList();

    assertThat(CONTRACT)
        .allSatisfy(
            (noun, verbs) ->
                assertThat(there).containsAll(verbs.stream().map(it -> noun + " " + it).toList()));
  }

  @Test
  void everyCommandAndOptionIsExplained() {
    assertThat(all(CommandTree.whole(desk)))
        .allSatisfy(
            it ->
                assertThat(it.getCommandSpec().usageMessage().description())
                    .as(it.getCommandName())
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith(".")));
    assertThat(all(CommandTree.whole(desk)).flatMap(it -> it.getCommandSpec().options().stream()))
        .allSatisfy(it -> assertThat(it.description()).as(it.longestName()).isNotEmpty());
  }

  @Test
  void aloneItSaysWhatItCan() {
    assertThat(run()).isEqualTo(2);
    assertThat(terminal.errText()).startsWith("Usage: inkan-admin").contains("cert ", "audit ");
    assertThat(terminal.outText()).isEmpty();
  }

  @Test
  void aNounAloneSaysItsVerbs() {
    assertThat(run("cert")).isEqualTo(2);
    assertThat(terminal.errText()).contains("revoke", "release");
  }

  @Test
  void versionNamesTheProgram() {
    assertThat(run("--version")).isZero();
    assertThat(terminal.outText()).startsWith("inkan-admin ");
  }

  @Test
  void theCompletionScriptIsSoundBashAndKnowsTheWords() throws Exception {
    assertThat(run("completion")).isZero();
    String script = terminal.outText();

    assertThat(script).contains("revoke", "key-compromise", "never-imported", "--lost-at");
    assertThat(bash("-n", script)).isEmpty();
    assertThat(
            bash(
                "-s",
                script
                    + "\nCOMP_WORDS=(inkan-admin cert re); COMP_CWORD=2\n"
                    + "_complete_inkan-admin; echo \"${COMPREPLY[*]}\"\n"))
        .contains("revoke", "release");
  }

  @Test
  void everyCommandHasAManualPage(@TempDir Path folder) throws IOException {
    assertThat(run("manual", "--into", folder.toString())).isZero();

    try (Stream<Path> pages = Files.list(folder)) {
      assertThat(pages.count()).isEqualTo(commands().count());
    }
    assertThat(Files.readString(folder.resolve("inkan-admin-cert-revoke.1")))
        .startsWith(".TH INKAN-ADMIN-CERT-REVOKE 1 ")
        .contains(".SH NAME\ninkan\\-admin\\-cert\\-revoke \\- Revokes a certificate for good")
        .contains(".SH SYNOPSIS\n.B inkan\\-admin cert revoke\n[OPTIONS] [SERIAL]\n")
        .contains(".TP\n.B \\-\\-lost\\-at=TIME\nSince when")
        .contains("key\\-compromise")
        .contains(".SH EXIT STATUS\n.TP\n.B 0\ndone")
        .contains(".SH EXAMPLES\n.nf\ninkan\\-admin cert revoke 7f3a")
        .doesNotContain("COMPLETION-CANDIDATES", "DEFAULT-VALUE");
  }

  private static String bash(String option, String script) throws Exception {
    Process bash = new ProcessBuilder("bash", "--norc", option).redirectErrorStream(true).start();
    try (OutputStream in = bash.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said;
  }
}
