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

/** Shows the CA. */
@Command(
    name = "show",
    description =
        "Shows the root, every issuing CA with what it does, the OCSP responder and the TLS servers, and until when they are valid.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin ca show",
    mixinStandardHelpOptions = true)
final class CaShowCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  CaShowCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    return AuthorityView.print(
        session, session.api().get(Resource.of("authority"), Authority.class), output);
  }
}
