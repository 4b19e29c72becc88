package dev.inkan.server.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server on a free port of 127.0.0.1. Mailboxes by local part: tempfail answers 451, nouser
 * 550, full 552 to the text, busy 421 to the text; all others take the mail.
 */
final class TestMailServer implements AutoCloseable {

  static final String USER = "inkan";
  static final String PASSWORD = "pass word";

  private final List<byte[]> taken = new CopyOnWriteArrayList<>();
  private final List<String> recipients = new CopyOnWriteArrayList<>();
  private final SMTPServer server;

  private TestMailServer(SMTPServer.Builder builder) throws IOException {
    this.server =
        builder
            .bindAddress(InetAddress.getLoopbackAddress())
            .port(0)
            .messageHandlerFactory(Handler::new)
            .build();
    server.start();
  }

  static TestMailServer plain() throws IOException {
    return new TestMailServer(new SMTPServer.Builder());
  }

  /** With STARTTLS and AUTH, both insisted on. */
  static TestMailServer startTls(SSLContext context) throws IOException {
    return new TestMailServer(
        new SMTPServer.Builder()
            .enableTLS()
            .requireTLS()
            .requireAuth()
            .startTlsSocketFactory(context)
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory(TestMailServer::logIn)));
  }

  /** With TLS from the first octet. */
  static TestMailServer tls(SSLContext context) throws IOException {
    return new TestMailServer(new SMTPServer.Builder().serverSocketFactory(context));
  }

  int port() {
    return server.getPortAllocated();
  }

  List<String> recipients() {
    return recipients;
  }

  List<byte[]> wire() {
    return taken;
  }

  MimeMessage only() throws MessagingException {
    if (taken.size() != 1) {
      throw new AssertionError(taken.size() + " mails");
    }
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(taken.get(0)));
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void logIn(String user, String password, MessageContext context)
      throws LoginFailedException {
    if (!USER.equals(user) || !PASSWORD.equals(password)) {
      throw new LoginFailedException();
    }
  }

  private final class Handler implements MessageHandler {

    private Optional<String> recipient = Optional.empty();

    Handler(MessageContext context) {}

    @Override
    public void from(String from) {}

    @Override
    public void recipient(String to) throws RejectException {
      if (to.startsWith("tempfail@")) {
        throw new RejectException(451, "4.3.0 try later <" + to + ">");
      } else if (to.startsWith("nouser@")) {
        throw new RejectException(550, "5.1.1 no such user <" + to + ">");
      }
      recipient = Optional.of(to);
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
      byte[] text = data.readAllBytes();
      String to = recipient.orElse("");
      if (to.startsWith("full@")) {
        throw new RejectException(552, "5.2.2 mailbox full");
      } else if (to.startsWith("busy@")) {
        throw new RejectException(421, "4.3.2 going down");
      }
      recipients.add(to);
      taken.add(text);
      return "250 2.0.0 taken";
    }

    @Override
    public void done() {}
  }
}
