package dev.inkan.server.mail;

import jakarta.mail.MessagingException;

/** The way to the mail server. Safe for several threads; a {@link Connection} is not. */
public interface MailTransport {

  /**
   * Connects and logs in.
   *
   * @throws MessagingException if that fails; whatever the reason, a mail may be tried again
   */
  Connection connect() throws MessagingException;

  /** A connection that takes one mail after the other. */
  interface Connection extends AutoCloseable {

    /** Gives {@code text} to the server as {@code mail}. */
    HandOver submit(QueuedMail mail, MailText text);

    @Override
    void close() throws MessagingException;
  }
}
