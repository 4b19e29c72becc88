package dev.inkan.admin.command.bulk;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.EnumWords;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.PageOptions;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.RequestState;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists bulk revocations. */
@Command(
    name = "list",
    description = "Lists bulk revocations, the newest first. «cert revoke» makes them.",
    footerHeading = Help.EXAMPLES,
    footer = {"  inkan-admin bulk list", "  inkan-admin bulk list --state open"},
    mixinStandardHelpOptions = true)
final class BulkListCommand implements Callable<Integer> {

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

  BulkListCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Resource wanted = Resource.of("bulk-revocations").with("state", Optional.ofNullable(state));
    return output.list(
        session, BulkView.listing(), pages.of(session, wanted, BulkRevocation.class));
  }
}
