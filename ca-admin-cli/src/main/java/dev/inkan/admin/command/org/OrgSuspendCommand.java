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

/** Suspends an organisation. */
@Command(
    name = "suspend",
    description = {
      "Suspends an organisation: nobody of it logs in, registers or is issued a certificate until «org resume».",
      "Certificates keep their status. Shows what will change, and asks."
    },
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin org suspend 0012 --note \"fees not paid\"",
    mixinStandardHelpOptions = true)
final class OrgSuspendCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private NoteOption note;
  @Mixin private Consent consent;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "The bank's number of it.")
  private String number;

  OrgSuspendCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    return new OrganisationAct(connection.open(desk), consent, output)
        .perform(
            number,
            "suspend",
            note.note(),
            List.of(
                "nobody of it can log in, register or be issued a certificate until it is resumed"));
  }
}
