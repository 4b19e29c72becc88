package dev.inkan.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.admin.command.Desk;
import dev.inkan.documents.ShownCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@DisplayName("What the documents show of inkan-admin can be typed")
class RunbookCommandsTest {

  private static final Desk DESK =
      new Desk(new FakeTerminal(false), Map.of(), Path.of("/nowhere"), Clock.systemUTC());

  @Test
  @DisplayName("every noun, verb and option that a document shows exists")
  void names() throws IOException {
    Map<String, Set<String>> commands = new TreeMap<>();
    collect(CommandTree.whole(DESK), "", commands);
    List<ShownCommand> shown = ShownCommand.of("inkan-admin");

    assertThat(shown).hasSizeGreaterThan(100);
    assertThat(shown.stream().flatMap(it -> it.wrong(commands).stream())).isEmpty();
  }

  @Test
  @DisplayName("every command in a runbook can be copied: it parses")
  void syntax() throws IOException {
    List<ShownCommand> shown =
        ShownCommand.of("inkan-admin").stream()
            .filter(it -> it.whole() && it.page().startsWith("docs/runbooks/"))
            .toList();

    assertThat(shown).hasSizeGreaterThan(50);
    assertThat(shown)
        .allSatisfy(
            it ->
                assertThat(CommandTree.whole(DESK).parseArgs(it.words().toArray(String[]::new)))
                    .isNotNull());
  }

  private static void collect(CommandLine line, String name, Map<String, Set<String>> commands) {
    line.getSubcommands()
        .forEach(
            (word, it) -> {
              String longer = (name + " " + word).strip();
              commands.put(longer, it.getCommandSpec().optionsMap().keySet());
              collect(it, longer, commands);
            });
  }
}
