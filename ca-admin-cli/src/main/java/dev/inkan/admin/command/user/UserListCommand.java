package dev.inkan.admin.command.user;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.EnumWords;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.PageOptions;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.AccountState;
import dev.inkan.core.api.User;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds users. */
@Command(
    name = "list",
    description = "Finds users by organisation, state or text, in the order of their IDs.",
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin user list --org 0012",
      "  inkan-admin user list --text 山田",
      "  inkan-admin user list --state blocked --output csv"
    },
    mixinStandardHelpOptions = true)
final class UserListCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private PageOptions pages;
  @Mixin private OutputOption output;

  @Option(names = "--org", paramLabel = "NUMBER", description = "Only of this organisation.")
  private @Nullable String organisation;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Only with this in the ID, the name or the mail address.")
  private @Nullable String text;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = EnumWords.AccountStates.class,
      description = "Only in this state: ${COMPLETION-CANDIDATES}.")
  private @Nullable AccountState state;

  UserListCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Resource wanted =
        Resource.of("users")
            .with("organisation", Optional.ofNullable(organisation))
            .with("text", Optional.ofNullable(text))
            .with("state", Optional.ofNullable(state));
    return output.list(session, UserView.listing(), pages.of(session, wanted, User.class));
  }
}
