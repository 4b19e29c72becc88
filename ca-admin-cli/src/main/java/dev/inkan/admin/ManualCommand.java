package dev.inkan.admin;

import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code manual}: makes the manual pages. */
@Command(
    name = "manual",
    description = "Writes a manual page for every command into a folder, for man.",
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin manual --into ~/.local/share/man/man1",
      "  man inkan-admin-cert-revoke"
    },
    mixinStandardHelpOptions = true)
final class ManualCommand implements Callable<Integer> {

  private final Desk desk;

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      required = true,
      description = "Where they go; pages that are there are replaced.")
  private Path folder;

  ManualCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    List<CommandLine> all = commands(CommandTree.whole(desk)).toList();
    try {
      Files.createDirectories(folder);
      for (CommandLine line : all) {
        ManualPage page = new ManualPage(line);
        Files.writeString(folder.resolve(page.fileName()), page.text());
      }
    } catch (IOException e) {
      StoppedException stopped =
          new StoppedException(
              ExitStatus.FAILED, folder + " takes no pages", "a folder that is yours");
      stopped.initCause(e);
      throw stopped;
    }
    desk.terminal().err().println(all.size() + " pages are in " + folder + ".");
    return ExitStatus.DONE;
  }

  private static Stream<CommandLine> commands(CommandLine line) {
    return Stream.concat(
        Stream.of(line), line.getSubcommands().values().stream().flatMap(ManualCommand::commands));
  }
}
