package dev.inkan.admin.command.operator;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Consent;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.NoteOption;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Words;
import dev.inkan.core.api.Operator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Disables an operator (D5). */
@Command(
    name = "disable",
    description = {
      "Disables an operator for good: their credentials are revoked and let nobody in any more.",
      "Shows who it is, and asks."
    },
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin operator disable ono --note \"left the bank\"",
    mixinStandardHelpOptions = true)
final class OperatorDisableCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private NoteOption note;
  @Mixin private Consent consent;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NAME", description = "How the audit log calls the operator.")
  private String name;

  OperatorDisableCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Resource act = Resource.of("operators", name, "disable");
    Operator rehearsed = session.api().post(act.with("dryRun", true), note.note(), Operator.class);
    session.note("This disables an operator, for good:");
    session.note("  - " + OperatorView.described(rehearsed));
    if (!consent.isGiven(session)) {
      return consent.statusWithout();
    }
    Operator disabled = session.api().post(act, note.note(), Operator.class);
    return output.one(
        session,
        disabled,
        OperatorView.listing(),
        paper ->
            paper.out().println("operator " + disabled.name() + ": " + Words.of(disabled.state())));
  }
}
