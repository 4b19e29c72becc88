package dev.inkan.admin.command.ca;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Authority;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Renews the OCSP responder's certificate now. */
@Command(
    name = "renew-responder",
    description =
        "Gives the OCSP responder a new key and certificate now. It does so by itself in time.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin ca renew-responder",
    mixinStandardHelpOptions = true)
final class CaRenewResponderCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  CaRenewResponderCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    return AuthorityView.print(
        session,
        session.api().post(Resource.of("authority", "renew-responder"), Authority.class),
        output);
  }
}
