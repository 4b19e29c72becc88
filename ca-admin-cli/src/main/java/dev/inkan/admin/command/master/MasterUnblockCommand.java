package dev.inkan.admin.command.master;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.LockEnd;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code master unblock} (B10). */
@Command(
    name = "unblock",
    description =
        "Ends the block (閉塞) of an organisation's master user or letter; a mail tells the user.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin master unblock 0012",
    mixinStandardHelpOptions = true)
final class MasterUnblockCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "The organisation's number.")
  private String number;

  MasterUnblockCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    LockEnd end =
        session
            .api()
            .post(Resource.of("organisations", number, "master", "unblock"), LockEnd.class);
    return LockEndView.print(session, end, "unblocked", output);
  }
}
