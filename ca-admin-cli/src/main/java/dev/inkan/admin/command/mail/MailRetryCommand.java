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

/** Has a waiting mail handed over now. */
@Command(
    name = "retry",
    description = {
      "Has a mail that waits for another try handed over at once.",
      "A mail that was sent, refused or dropped has no text any more: then this says what to do."
    },
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin mail retry 341",
    mixinStandardHelpOptions = true)
final class MailRetryCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "Its number, which stands in the mail.")
  private long number;

  MailRetryCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    return MailSheet.print(
        session,
        session.api().post(Resource.of("mails", Long.toString(number), "retry"), Mail.class),
        output);
  }
}
