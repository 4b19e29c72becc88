package dev.inkan.e2e;

import dev.inkan.server.demo.PlainText;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server on a free port of 127.0.0.1 that insists on STARTTLS and AUTH and keeps all. */
final class MailServer implements AutoCloseable {

  static final String USER = "inkan";
  static final String PASSWORD = "smtp-Passw0rd";

  private static final Pattern CODE = Pattern.compile("(?<![0-9])[0-9]{6}(?![0-9])");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private final AtomicReference<Runnable> onNext = new AtomicReference<>(() -> {});
  private final SMTPServer server;

  /** A mail as it arrived, decoded. */
  record Mail(String to, String subject, String text, String messageId) {

    boolean hasCode() {
      return CODE.matcher(text).find();
    }

    /** The one number of six digits in the text. */
    String code() {
      Matcher matcher = CODE.matcher(text);
      if (!matcher.find()) {
        throw new AssertionError("no code of six digits in: " + text);
      }
      String code = matcher.group();
      while (matcher.find()) {
        if (!matcher.group().equals(code)) {
          throw new AssertionError("two numbers of six digits in: " + text);
        }
      }
      return code;
    }
  }

  private MailServer(SSLContext tls) {
    server =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName("localhost")
            .enableTLS()
            .requireTLS()
            .requireAuth()
            .startTlsSocketFactory(tls)
            .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory(MailServer::logIn))
            .messageHandler((context, from, to, data) -> take(parse(to, data)))
            .build();
  }

  /** Starts one that shows the key of {@code tls}. */
  static MailServer start(SSLContext tls) {
    var mailServer = new MailServer(tls);
    mailServer.server.start();
    return mailServer;
  }

  /** Runs {@code act} once, when the next mail is here and before its sender is told so. */
  void onNextMail(Runnable act) {
    onNext.set(act);
  }

  private void take(Mail mail) {
    mails.add(mail);
    onNext.getAndSet(() -> {}).run();
  }

  int port() {
    return server.getPortAllocated();
  }

  List<Mail> to(String address) {
    return mails.stream().filter(mail -> mail.to().equals(address)).toList();
  }

  List<Mail> all() {
    return List.copyOf(mails);
  }

  /** The codes mailed to {@code address} so far, oldest first. */
  List<String> codes(String address) {
    return to(address).stream().filter(Mail::hasCode).map(Mail::code).toList();
  }

  /** Waits until {@code count} codes reached {@code address}, and returns the last of them. */
  String awaitCode(String address, int count) {
    Awaitility.await("code " + count + " to " + address)
        .atMost(PATIENCE)
        .until(() -> codes(address).size() >= count);
    return codes(address).get(count - 1);
  }

  /** Waits until {@code count} mails reached {@code address}, and returns the last of them. */
  Mail await(String address, int count) {
    Awaitility.await("mail " + count + " to " + address)
        .atMost(PATIENCE)
        .until(() -> to(address).size() >= count);
    return to(address).get(count - 1);
  }

  /** The same, given up with {@link IllegalStateException} as soon as {@code over} holds. */
  Mail await(String address, int count, BooleanSupplier over) {
    Awaitility.await("mail " + count + " to " + address)
        .atMost(PATIENCE)
        .until(() -> to(address).size() >= count || over.getAsBoolean());
    List<Mail> arrived = to(address);
    if (arrived.size() < count) {
      throw new IllegalStateException("no mail to " + address + " before the end");
    }
    return arrived.get(count - 1);
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void logIn(String user, String password, MessageContext context)
      throws LoginFailedException {
    if (!user.equals(USER) || !password.equals(PASSWORD)) {
      throw new LoginFailedException();
    }
  }

  private static Mail parse(String to, byte[] data) {
    try {
      var session = Session.getInstance(new Properties());
      var message = new MimeMessage(session, new ByteArrayInputStream(data));
      return new Mail(
          to,
          String.valueOf(message.getSubject()),
          PlainText.of(message),
          String.valueOf(message.getMessageID()));
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("a mail that cannot be read", e);
    }
  }
}
