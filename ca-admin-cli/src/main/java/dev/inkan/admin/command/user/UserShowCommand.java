package dev.inkan.admin.command.user;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.CertificateView;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.MailView;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Format;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.core.api.User;
import dev.inkan.core.api.UserDetails;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a user. */
@Command(
    name = "show",
    description = "Shows a user with the certificates and the last mails.",
    footerHeading = Help.EXAMPLES,
    footer = {"  inkan-admin user show yamada01", "  inkan-admin user show yamada01 --output json"},
    mixinStandardHelpOptions = true)
final class UserShowCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "ID", description = "The user ID.")
  private String userId;

  UserShowCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    UserDetails details = session.api().get(Resource.of("users", userId), UserDetails.class);
    Listing<UserDetails> row =
        new Listing<>(
            UserView.listing().columns().stream().map(UserShowCommand::ofDetails).toList(), "");
    return output.one(session, details, row, paper -> print(details, paper));
  }

  private static Column<UserDetails> ofDetails(Column<User> column) {
    return new Column<>(
        column.name(),
        it -> column.data().apply(it.user()),
        (it, times) -> column.shown().apply(it.user(), times),
        column.place());
  }

  private static void print(UserDetails details, Paper paper) {
    UserView.sheet(details.user(), paper);
    paper.out().println();
    CertificateView.listing("No certificate was issued.")
        .print(List.of(details.certificates()), Format.TABLE, paper);
    paper.out().println();
    MailView.listing("No mail was sent.").print(List.of(details.mails()), Format.TABLE, paper);
  }
}
