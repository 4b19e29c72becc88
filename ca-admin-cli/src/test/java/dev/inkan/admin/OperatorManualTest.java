package dev.inkan.admin;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.core.api.Cause;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.MailState;
import dev.inkan.core.api.RequestState;
import dev.inkan.core.api.Role;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The Japanese manual for operators knows the words of the program, all of them. */
@Tag("D5")
class OperatorManualTest {

  private static final Pattern SHOWN =
      Pattern.compile("(?m)(?:^\\$ |`)inkan-admin ([a-z]+) ([a-z-]+)([^`\n]*)");
  private static final Pattern OPTION = Pattern.compile("(?<= )--[a-z-]+");

  /** Options of every command, so that the tables may explain them away from any. */
  private static final Pattern LONE_OPTION = Pattern.compile("`(--[a-z-]+)`");

  private static String manual;
  private static CommandLine tree;

  @BeforeAll
  static void read() throws IOException {
    manual = Files.readString(Path.of("..", "docs", "ja", "manual-operators.md"));
    tree =
        CommandTree.whole(
            new Desk(new FakeTerminal(false), Map.of(), Path.of("/nowhere"), Clock.systemUTC()));
  }

  @Test
  @DisplayName("every command that is shown exists, with its options")
  void commands() {
    assertThat(SHOWN.matcher(manual).results())
        .hasSizeGreaterThan(80)
        .allSatisfy(
            it -> {
              CommandLine noun = below(tree, it.group(1));
              CommandLine verb = below(noun, it.group(2));
              assertThat(verb.getCommandSpec().optionsMap().keySet())
                  .containsAll(
                      OPTION.matcher(it.group(3)).results().map(option -> option.group()).toList());
            });
  }

  private static CommandLine below(CommandLine line, String word) {
    return Objects.requireNonNull(line.getSubcommands().get(word), word);
  }

  @Test
  @DisplayName("every option that is explained is some command's")
  void options() {
    Set<String> options = new HashSet<>();
    collect(tree, options);
    assertThat(LONE_OPTION.matcher(manual).results().map(it -> it.group(1)))
        .hasSizeGreaterThan(15)
        .allSatisfy(it -> assertThat(options).contains(it));
  }

  private static void collect(CommandLine line, Set<String> options) {
    options.addAll(line.getCommandSpec().optionsMap().keySet());
    line.getSubcommands().values().forEach(it -> collect(it, options));
  }

  static Stream<Enum<?>> words() {
    return Stream.<Enum<?>[]>of(
            Role.values(), Cause.values(), RequestState.values(), MailState.values())
        .flatMap(Arrays::stream);
  }

  @ParameterizedTest
  @MethodSource("words")
  @DisplayName("every role, cause and state has a row that explains it")
  void explained(Enum<?> word) {
    assertThat(rows(manual)).contains(word.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  @Test
  @DisplayName("every state of a certificate has a row; a valid one is shown as good")
  void certificates() {
    for (CertificateState state : CertificateState.values()) {
      String shown = state == CertificateState.VALID ? "good" : state.name();
      assertThat(rows(manual)).contains(shown.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  @DisplayName("every exit status has a row, and no other number has")
  void exitStatus() throws IllegalAccessException {
    Set<String> every = new HashSet<>();
    for (Field field : ExitStatus.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        every.add(String.valueOf(field.getInt(null)));
      }
    }
    String chapter = manual.substring(manual.indexOf("| 終了コード |"), manual.indexOf("## 18."));
    assertThat(rows(chapter).stream().filter(it -> it.matches("\\d+")).collect(toSet()))
        .isEqualTo(every);
  }

  /** What stands first in the rows of the tables, without quotation marks and explanations. */
  private static List<String> rows(String text) {
    return text.lines()
        .filter(it -> it.startsWith("| "))
        .map(it -> it.split("\\|", -1)[1].strip().replaceFirst("^`([^`]+)`.*", "$1"))
        .toList();
  }
}
