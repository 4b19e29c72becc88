package dev.inkan.admin.command.request;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.RevocationRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a request. */
@Command(
    name = "show",
    description = "Shows a request: who asked, how, why, who decided, and its certificates.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin request show 7",
    mixinStandardHelpOptions = true)
final class RequestShowCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "Its number.")
  private long number;

  RequestShowCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    return RequestView.print(
        session,
        session.api().get(Resource.of("requests", Long.toString(number)), RevocationRequest.class),
        output);
  }
}
