package dev.inkan.admin.command.bulk;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Consent;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.NoteOption;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.BulkRevocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Approves a bulk revocation of another operator (D5), and runs it. */
@Command(
    name = "approve",
    description = {
      "Approves a bulk revocation that another operator recorded, and revokes its certificates.",
      "Shows what it will revoke, and asks. Ctrl-C leaves it where it is; «bulk run» goes on."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin bulk approve 12",
      "  inkan-admin bulk approve 12 --note \"seen the letter of 2026-11-20\" --yes"
    },
    mixinStandardHelpOptions = true)
final class BulkApproveCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private NoteOption note;
  @Mixin private Consent consent;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "Its number.")
  private long number;

  BulkApproveCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    String path = Long.toString(number);
    BulkRevocation bulk =
        session.api().get(Resource.of("bulk-revocations", path), BulkRevocation.class);
    session.note(
        "This approves bulk revocation "
            + number
            + " and revokes, for good, "
            + bulk.progress().pending()
            + (bulk.progress().pending() == 1 ? " certificate:" : " certificates:"));
    BulkView.sheet(bulk, session.notes());
    if (!consent.isGiven(session)) {
      return consent.statusWithout();
    }
    BulkRevocation approved =
        session
            .api()
            .post(
                Resource.of("bulk-revocations", path, "approve"),
                note.note(),
                BulkRevocation.class);
    return BulkView.print(session, BulkRun.toTheEnd(session, approved), output);
  }
}
