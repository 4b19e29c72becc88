package dev.inkan.admin.command.operator;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.PageOptions;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Operator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists operators (D5). */
@Command(
    name = "list",
    description = "Lists the operators: roles, and until when their credentials are valid.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin operator list",
    mixinStandardHelpOptions = true)
final class OperatorListCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private PageOptions pages;
  @Mixin private OutputOption output;

  OperatorListCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    return output.list(
        session,
        OperatorView.listing(),
        pages.of(session, Resource.of("operators"), Operator.class));
  }
}
