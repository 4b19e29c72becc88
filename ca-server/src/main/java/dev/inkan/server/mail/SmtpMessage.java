package dev.inkan.server.mail;

import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.user.MailAddress;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** A mail as it goes over the wire (RFC 5322). Not safe for several threads. */
final class SmtpMessage extends MimeMessage {

  /** The header with the mail's number. */
  static final String NUMBER = "X-Inkan-Mail-Number";

  private final String messageId;

  private SmtpMessage(Session session, String messageId) {
    super(session);
    this.messageId = messageId;
  }

  static SmtpMessage of(
      Session session, Sender sender, MailNumber number, MailAddress to, MailText text, Instant now)
      throws MessagingException {
    String id = "<inkan-" + number + "@" + sender.domain() + ">";
    SmtpMessage message = new SmtpMessage(session, id);
    message.setFrom(sender.internetAddress());
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(to.value()));
    message.setSubject(text.subject(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(now));
    // RFC 3834: keeps absence notes and the like from answering.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader(NUMBER, number.toString());
    // RFC 2046, section 5.1.4: the plainest first; readers show the last they understand.
    message.setContent(
        new MimeMultipart(
            "alternative", part(text.body(), "plain"), part(MailHtml.of(text), "html")));
    message.saveChanges();
    return message;
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text.replace("\n", "\r\n"), StandardCharsets.UTF_8.name(), subtype);
    part.setHeader("Content-Transfer-Encoding", "base64");
    return part;
  }

  /** The same at every attempt, so that a mail handed over twice can be told to be one. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }

  /** Whom mails come from. */
  record Sender(MailAddress address, String name) {

    String domain() {
      return address.value().substring(address.value().indexOf('@') + 1);
    }

    InternetAddress internetAddress() {
      try {
        return new InternetAddress(address.value(), name, StandardCharsets.UTF_8.name());
      } catch (UnsupportedEncodingException e) {
        throw new IllegalStateException("UTF-8 is missing", e);
      }
    }
  }
}
