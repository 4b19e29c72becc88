package dev.inkan.admin;

import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.Help;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code completion}: makes the shell complete nouns, verbs and options. */
@Command(
    name = "completion",
    description =
        "Prints a script that makes bash or zsh complete nouns, verbs, options and words.",
    footerHeading = Help.EXAMPLES,
    footer = {
      "  source <(inkan-admin completion)",
      "  inkan-admin completion > /etc/bash_completion.d/inkan-admin"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {

  private final Desk desk;

  CompletionCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    desk.terminal().out().println(AutoComplete.bash("inkan-admin", CommandTree.whole(desk)));
    desk.terminal().out().flush();
    return ExitStatus.DONE;
  }
}
