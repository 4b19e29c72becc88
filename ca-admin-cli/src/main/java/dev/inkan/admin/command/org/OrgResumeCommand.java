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

/** Resumes a suspended organisation. */
@Command(
    name = "resume",
    description = {"Ends the suspension of an organisation.", "Shows what will change, and asks."},
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin org resume 0012 --note \"fees paid\"",
    mixinStandardHelpOptions = true)
final class OrgResumeCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private NoteOption note;
  @Mixin private Consent consent;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "The bank's number of it.")
  private String number;

  OrgResumeCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    return new OrganisationAct(connection.open(desk), consent, output)
        .perform(
            number,
            "resume",
            note.note(),
            List.of("its users can log in and be issued certificates again"));
  }
}
