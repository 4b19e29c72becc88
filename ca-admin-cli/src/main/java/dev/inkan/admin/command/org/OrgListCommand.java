package dev.inkan.admin.command.org;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.EnumWords;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.PageOptions;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Organisation;
import dev.inkan.core.api.OrganisationState;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists organisations. */
@Command(
    name = "list",
    description =
        "Lists organisations in the order of their numbers: master user, letter, users, certificates that count.",
    footerHeading = Help.EXAMPLES,
    footer = {"  inkan-admin org list", "  inkan-admin org list --state suspended"},
    mixinStandardHelpOptions = true)
final class OrgListCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private PageOptions pages;
  @Mixin private OutputOption output;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = EnumWords.OrganisationStates.class,
      description = "Only active, suspended or closed ones.")
  private @Nullable OrganisationState state;

  OrgListCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Resource wanted = Resource.of("organisations").with("state", Optional.ofNullable(state));
    return output.list(
        session, OrganisationView.listing(), pages.of(session, wanted, Organisation.class));
  }
}
