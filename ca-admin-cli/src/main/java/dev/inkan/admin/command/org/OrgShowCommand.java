package dev.inkan.admin.command.org;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Organisation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows an organisation. */
@Command(
    name = "show",
    description = "Shows an organisation.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin org show 0012",
    mixinStandardHelpOptions = true)
final class OrgShowCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "The bank's number of it.")
  private String number;

  OrgShowCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Organisation organisation =
        session.api().get(Resource.of("organisations", number), Organisation.class);
    return output.one(
        session,
        organisation,
        OrganisationView.listing(),
        paper -> OrganisationView.sheet(organisation, paper));
  }
}
