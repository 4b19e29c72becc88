package dev.inkan.admin.command.mail;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Mail;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what became of a mail. */
@Command(
    name = "show",
    description = "Shows what became of one mail, and what helps if it did not arrive.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin mail show 341",
    mixinStandardHelpOptions = true)
final class MailShowCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "Its number, which stands in the mail.")
  private long number;

  MailShowCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    return MailSheet.print(
        session,
        session.api().get(Resource.of("mails", Long.toString(number)), Mail.class),
        output);
  }
}
