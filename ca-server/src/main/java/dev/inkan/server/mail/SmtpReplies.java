package dev.inkan.server.mail;

import dev.inkan.server.registration.user.MailAddress;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What the mail server's replies mean for a mail (RFC 5321, section 4.2.1). */
final class SmtpReplies {

  private static final int LONGEST = 200;

  private SmtpReplies() {}

  /**
   * A 5xx reply to the recipient or to the text refuses the mail. One to the sender's own name,
   * password or address does not: that is ours to mend, and no mail's fault.
   */
  static HandOver classify(MessagingException failure, MailAddress to) {
    int code = 0;
    boolean ours = false;
    MessagingException telling = failure;
    for (Exception link = failure; link instanceof MessagingException next; ) {
      if (link instanceof SMTPAddressFailedException recipient) {
        code = recipient.getReturnCode();
        telling = next;
      } else if (link instanceof SMTPSenderFailedException sender) {
        code = sender.getReturnCode();
        ours = true;
        telling = next;
      } else if (link instanceof SMTPSendFailedException data && code == 0) {
        code = Math.max(0, data.getReturnCode());
      }
      link = next.getNextException();
    }
    String reason = reason(telling, to);
    if (code >= 500 && !ours && code != 530) {
      return new HandOver.Refused(code, reason);
    }
    return new HandOver.Deferred(code, reason, true);
  }

  /** Why the server could not be reached. */
  static HandOver.Deferred unreachable(Exception failure) {
    return new HandOver.Deferred(0, "no connection: " + line(failure), false);
  }

  private static String reason(MessagingException failure, MailAddress to) {
    // Many servers repeat the address.
    return line(failure).replace(to.value(), to.masked());
  }

  private static String line(Exception failure) {
    String message = failure.getMessage();
    String text =
        (message == null || message.isBlank() ? failure.getClass().getSimpleName() : message)
            .strip()
            .replaceAll("[\\p{Cntrl}\\s]+", " ");
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
