package dev.inkan.admin.command.request;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.EnumWords;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.PageOptions;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.RequestState;
import dev.inkan.core.api.RevocationRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists requests. */
@Command(
    name = "list",
    description = "Lists requests to revoke, the newest first.",
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin request list --state open",
      "  inkan-admin request list --org 0012 --output csv"
    },
    mixinStandardHelpOptions = true)
final class RequestListCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private PageOptions pages;
  @Mixin private OutputOption output;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = EnumWords.RequestStates.class,
      description = "Only open, approved, done or rejected ones.")
  private @Nullable RequestState state;

  @Option(names = "--user", paramLabel = "ID", description = "Only about this user.")
  private @Nullable String user;

  @Option(names = "--org", paramLabel = "NUMBER", description = "Only of this organisation.")
  private @Nullable String organisation;

  RequestListCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Resource wanted =
        Resource.of("requests")
            .with("state", Optional.ofNullable(state))
            .with("user", Optional.ofNullable(user))
            .with("organisation", Optional.ofNullable(organisation));
    return output.list(
        session, RequestView.listing(), pages.of(session, wanted, RevocationRequest.class));
  }
}
