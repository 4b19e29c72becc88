package dev.inkan.admin.command.master;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Master;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows an organisation's master user. */
@Command(
    name = "show",
    description =
        "Shows an organisation's master user, the letter that counts, and the certificates.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin master show 0012",
    mixinStandardHelpOptions = true)
final class MasterShowCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "The organisation's number.")
  private String number;

  MasterShowCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Master master = session.api().get(Resource.of("organisations", number, "master"), Master.class);
    return output.one(
        session, master, MasterView.listing(), paper -> MasterView.sheet(master, paper));
  }
}
