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

/** Publishes the CRLs now. */
@Command(
    name = "publish",
    description =
        "Signs and publishes the CRLs now. They are published by themselves on schedule and after every revocation.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin crl publish",
    mixinStandardHelpOptions = true)
final class CrlPublishCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  CrlPublishCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    List<Crl> crls = session.api().postForPage(Resource.of("crls", "publish"), Crl.class).items();
    return output.list(session, CrlView.listing(), List.of(crls));
  }
}
