package dev.inkan.admin.command.bulk;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
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

/** Rejects a bulk revocation. */
@Command(
    name = "reject",
    description = "Decides against a bulk revocation; nothing is revoked.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin bulk reject 12 --note \"wrong organisation\"",
    mixinStandardHelpOptions = true)
final class BulkRejectCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private NoteOption note;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "Its number.")
  private long number;

  BulkRejectCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    BulkRevocation rejected =
        session
            .api()
            .post(
                Resource.of("bulk-revocations", Long.toString(number), "reject"),
                note.note(),
                BulkRevocation.class);
    return BulkView.print(session, rejected, output);
  }
}
