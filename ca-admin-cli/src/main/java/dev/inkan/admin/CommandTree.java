package dev.inkan.admin;

import dev.inkan.admin.command.Converters;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Failures;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.Noun;
import dev.inkan.admin.command.Nouns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All commands, or those that one call needs: reading fifty annotated classes takes its time. */
final class CommandTree {

  private static final int HELP_WIDTH = 100;

  /** In the order in which they are written. */
  private static final List<String> EXIT_STATUS =
      List.of(
          "0:done",
          "1:failed",
          "2:wrong usage",
          "3:not found",
          "4:refused: role, second operator, state, or not confirmed",
          "5:server not reachable");

  private CommandTree() {}

  /** Every noun with every verb. */
  static CommandLine whole(Desk desk) {
    return tree(desk, Optional.empty());
  }

  /** Every noun, with the verbs of the one that {@code arguments} begin with. */
  static CommandLine of(Desk desk, String[] arguments) {
    return tree(
        desk,
        Stream.of(arguments)
            .filter(it -> !it.startsWith("-"))
            .findFirst()
            .or(() -> Optional.of("")));
  }

  private static CommandLine tree(Desk desk, Optional<String> only) {
    CommandLine line = new CommandLine(new InkanAdmin());
    for (Noun noun : Nouns.all()) {
      CommandLine verbs = new CommandLine(spec(noun));
      if (only.isEmpty() || only.get().equals(noun.name())) {
        noun.verbs().apply(desk).forEach(verbs::addSubcommand);
      }
      line.addSubcommand(noun.name(), verbs);
    }
    line.addSubcommand(new CompletionCommand(desk)).addSubcommand(new ManualCommand(desk));
    dress(line);
    Converters.register(line);
    Failures failures = new Failures(desk.terminal());
    return line.setOut(desk.terminal().out())
        .setErr(desk.terminal().err())
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(desk.terminal().coloursOut() ? Ansi.ON : Ansi.OFF));
  }

  private static CommandSpec spec(Noun noun) {
    CommandSpec spec = CommandSpec.create().name(noun.name());
    spec.mixinStandardHelpOptions(true)
        .usageMessage()
        .description(noun.description())
        .footerHeading(Help.EXAMPLES)
        .footer(noun.examples().stream().map(it -> "  " + it).toArray(String[]::new));
    return spec;
  }

  /** There is one version, and the program tells it. */
  private static void withoutVersion(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    OptionSpec version = spec.findOption("--version");
    if (version != null) {
      spec.remove(version);
    }
  }

  /** What is the same for every command. */
  private static void dress(CommandLine line) {
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.width(HELP_WIDTH);
    usage.sortOptions(false);
    usage.abbreviateSynopsis(true);
    usage.exitCodeListHeading("%nExit status:%n");
    usage.exitCodeList(
        EXIT_STATUS.stream()
            .map(it -> it.split(":", 2))
            .collect(
                Collectors.toMap(
                    it -> it[0], it -> it[1], (a, b) -> a, java.util.LinkedHashMap::new)));
    Map<String, CommandLine> below = line.getSubcommands();
    below.values().forEach(CommandTree::withoutVersion);
    below.values().forEach(CommandTree::dress);
  }
}
