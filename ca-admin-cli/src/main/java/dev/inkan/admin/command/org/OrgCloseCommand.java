package dev.inkan.admin.command.org;

import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Consent;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.NoteOption;
import dev.inkan.admin.command.OutputOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Closes an organisation for good. */
@Command(
    name = "close",
    description = {
      "Closes an organisation for good: nobody of it ever logs in again. Its certificates must be revoked before.",
      "Shows what will change, and asks."
    },
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin org close 0012 --note \"left the service\"",
    mixinStandardHelpOptions = true)
final class OrgCloseCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private NoteOption note;
  @Mixin private Consent consent;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "The bank's number of it.")
  private String number;

  OrgCloseCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    return new OrganisationAct(connection.open(desk), consent, output)
        .perform(
            number,
            "close",
            note.note(),
            List.of("nobody of it can log in, register or be issued a certificate, for good"));
  }
}
