package dev.inkan.admin.command.mail;

import dev.inkan.admin.command.MailView;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Sheet;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.core.api.Mail;

/** One mail for people. */
final class MailSheet {

  private MailSheet() {}

  static int print(Session session, Mail mail, OutputOption output) {
    return output.one(session, mail, MailView.listing(""), paper -> sheet(mail, paper));
  }

  private static void sheet(Mail mail, Paper paper) {
    new Sheet(paper.times())
        .line("mail", mail.number())
        .word("state", mail.state())
        .line("kind", mail.kind())
        .line("user", mail.userId())
        .line("to", mail.to())
        .line("attempts", mail.attempts())
        .time("made", mail.createdAt())
        .time("next try", mail.dueAt())
        .time("ended", mail.endedAt())
        .line("reason", mail.reason())
        .line("advice", mail.advice())
        .print(paper);
  }
}
