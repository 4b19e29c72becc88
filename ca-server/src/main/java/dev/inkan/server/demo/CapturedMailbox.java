package dev.inkan.server.demo;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server on 127.0.0.1 that takes every mail and keeps the last {@value #KEPT} in memory. For
 * the demonstration and tests alone: it protects nothing. Safe for several threads.
 */
public final class CapturedMailbox implements AutoCloseable {

  private static final int KEPT = 200;
  private static final int LARGEST = 1024 * 1024;

  private final Clock clock;
  private final SMTPServer server;
  private final Session session = Session.getInstance(new Properties());
  private final Deque<CapturedMail> mails = new ArrayDeque<>();
  private long received;

  private CapturedMailbox(int port, Clock clock) {
    this.clock = clock;
    this.server =
        SMTPServer.port(port)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName("localhost")
            .maxMessageSize(LARGEST)
            .maxConnections(50)
            .messageHandler(this::take)
            .build();
  }

  /**
   * Starts one.
   *
   * @param port 0 for any free one
   */
  public static CapturedMailbox start(int port, Clock clock) {
    CapturedMailbox mailbox = new CapturedMailbox(port, clock);
    mailbox.server.start();
    return mailbox;
  }

  /** The port on which it takes mails, without TLS or log-in. */
  public int port() {
    return server.getPortAllocated();
  }

  /** What it keeps, the newest first. */
  public synchronized List<CapturedMail> mails() {
    return List.copyOf(mails);
  }

  /** The mail {@code position}, if it is still kept. */
  public synchronized Optional<CapturedMail> mail(long position) {
    return mails.stream().filter(mail -> mail.position() == position).findFirst();
  }

  @Override
  public void close() {
    server.stop();
  }

  private void take(MessageContext context, String from, String to, byte[] data)
      throws RejectException {
    try {
      MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(data));
      keep(to, message, PlainText.of(message));
    } catch (MessagingException | IOException e) {
      throw new RejectException(554, "5.6.0 this is no mail that can be read");
    }
  }

  private synchronized void keep(String to, MimeMessage message, String text)
      throws MessagingException {
    received++;
    mails.addFirst(
        new CapturedMail(
            received,
            Objects.requireNonNullElse(message.getHeader("X-Inkan-Mail-Number", null), ""),
            Objects.requireNonNullElse(message.getMessageID(), ""),
            to,
            Objects.requireNonNullElse(message.getSubject(), ""),
            clock.instant(),
            text.replace("\r\n", "\n")));
    if (mails.size() > KEPT) {
      mails.removeLast();
    }
  }
}
