package dev.inkan.admin.command.crl;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Crl;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the published CRLs. */
@Command(
    name = "show",
    description = "Shows the CRLs as they are published: number, times, entries, address.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin crl show",
    mixinStandardHelpOptions = true)
final class CrlShowCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  CrlShowCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    List<Crl> crls = session.api().page(Resource.of("crls"), Crl.class).items();
    return output.list(session, CrlView.listing(), List.of(crls));
  }
}
