package dev.inkan.server.mail;

import dev.inkan.server.config.MailConfig.Security;
import dev.inkan.server.registration.user.MailAddress;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;

/**
 * Submits mails to the mail server (RFC 5321, RFC 6409). TLS, where it is asked for, is insisted
 * on: it is never given up for clear text, and the server's certificate must bear its name (RFC
 * 6125). Safe for several threads.
 */
public final class SmtpSubmission implements MailTransport {

  private final SmtpSettings settings;
  private final SmtpMessage.Sender sender;
  private final Clock clock;
  private final Session session;

  /**
   * @param fromName what mail readers show beside the address
   */
  public SmtpSubmission(SmtpSettings settings, MailAddress from, String fromName, Clock clock) {
    this.settings = settings;
    this.sender = new SmtpMessage.Sender(from, fromName);
    this.clock = clock;
    this.session = Session.getInstance(properties());
  }

  @Override
  public Connection connect() throws MessagingException {
    Transport transport = session.getTransport("smtp");
    try {
      if (settings.login().isPresent()) {
        SmtpSettings.Login login = settings.login().get();
        transport.connect(
            settings.host(), settings.port(), login.username(), login.password().reveal());
      } else {
        transport.connect(settings.host(), settings.port(), null, null);
      }
    } catch (MessagingException | RuntimeException e) {
      transport.close();
      throw e;
    }
    return new SmtpConnection(transport);
  }

  /** Connects, protects the connection and logs in, as before a mail, and sends none. */
  public Greeting greet() {
    try {
      connect().close();
      return new Greeting(Greeting.Kind.GREETED, "");
    } catch (MessagingException e) {
      return new Greeting(Greeting.Kind.of(e), SmtpReplies.unreachable(e).reason());
    }
  }

  private final class SmtpConnection implements Connection {

    private final Transport transport;

    private SmtpConnection(Transport transport) {
      this.transport = transport;
    }

    @Override
    public HandOver submit(QueuedMail mail, MailText text) {
      try {
        SmtpMessage message =
            SmtpMessage.of(session, sender, mail.number(), mail.to(), text, clock.instant());
        Address[] recipients = message.getAllRecipients();
        transport.sendMessage(message, recipients);
        return new HandOver.Accepted();
      } catch (MessagingException e) {
        return SmtpReplies.classify(e, mail.to());
      }
    }

    @Override
    public void close() throws MessagingException {
      transport.close();
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", millis(settings.connectTimeout()));
    properties.put("mail.smtp.timeout", millis(settings.readTimeout()));
    properties.put("mail.smtp.writetimeout", millis(settings.readTimeout()));
    // Otherwise a server that hangs at QUIT holds everybody up after it took the mail.
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.localhost", sender.domain());
    properties.put("mail.smtp.from", sender.address().value());
    properties.put("mail.smtp.auth", Boolean.toString(settings.login().isPresent()));
    if (settings.security() != Security.NONE) {
      protect(properties);
    }
    return properties;
  }

  private void protect(Properties properties) {
    if (settings.security() == Security.TLS) {
      properties.put("mail.smtp.ssl.enable", "true");
    } else {
      properties.put("mail.smtp.starttls.enable", "true");
      properties.put("mail.smtp.starttls.required", "true");
    }
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    properties.put("mail.smtp.ssl.socketFactory", settings.socketFactory());
    properties.put("mail.smtp.ssl.socketFactory.fallback", "false");
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
