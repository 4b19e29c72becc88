package dev.inkan.admin.command.user;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.User;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code user unblock} (B10). */
@Command(
    name = "unblock",
    description =
        "Ends the block (閉塞) of a user. A general user's own master user can do the same on the web.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin user unblock yamada01",
    mixinStandardHelpOptions = true)
final class UserUnblockCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "ID", description = "The user ID.")
  private String userId;

  UserUnblockCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    return UserView.print(
        session, session.api().post(Resource.of("users", userId, "unblock"), User.class), output);
  }
}
