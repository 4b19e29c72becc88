package dev.inkan.admin.command.bulk;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.command.StoppedException;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.RequestState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on with an approved bulk revocation. */
@Command(
    name = "run",
    description = {
      "Revokes what is still pending of an approved bulk revocation.",
      "It shows how far it is; Ctrl-C leaves it where it is, and the same command goes on."
    },
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin bulk run 12",
    mixinStandardHelpOptions = true)
final class BulkRunCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "Its number.")
  private long number;

  BulkRunCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    BulkRevocation bulk =
        session
            .api()
            .get(Resource.of("bulk-revocations", Long.toString(number)), BulkRevocation.class);
    if (bulk.state() == RequestState.OPEN) {
      throw new StoppedException(
          ExitStatus.REFUSED,
          "bulk revocation " + number + " is not approved yet",
          "another operator: inkan-admin bulk approve " + number);
    }
    return BulkView.print(session, BulkRun.toTheEnd(session, bulk), output);
  }
}
