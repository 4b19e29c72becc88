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

/** {@code master unlock} (B10). */
@Command(
    name = "unlock",
    description =
        "Ends the lock of an organisation's master user or letter; a mail tells the user.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin master unlock 0012",
    mixinStandardHelpOptions = true)
final class MasterUnlockCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "The organisation's number.")
  private String number;

  MasterUnlockCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    LockEnd end =
        session.api().post(Resource.of("organisations", number, "master", "unlock"), LockEnd.class);
    return LockEndView.print(session, end, "unlocked", output);
  }
}
