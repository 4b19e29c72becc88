package dev.inkan.server.mail;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.registration.mail.MailNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The queue as its sender sees it. Each call is a transaction of its own; safe for several threads
 * and several servers.
 */
public interface MailQueue {

  /**
   * Takes up to {@code limit} mails that are due, so that nobody else sends them for {@code lease}.
   * Those that have become pointless are dropped instead, their bodies erased: the deadline has
   * passed, the user was removed, or the certificate whose end they tell was renewed or revoked.
   */
  List<QueuedMail> claim(NodeName node, Instant now, Duration lease, int limit);

  /**
   * Lets what {@code node} has claimed be claimed again at once. Only while it hands over nothing.
   *
   * @return how many mails that were
   */
  int release(NodeName node);

  /** Handed over to the mail server; erases the body. */
  void sent(MailNumber number, Instant at);

  /** Could not be handed over now; tries again at {@code next}. */
  void retry(MailNumber number, Instant next, String reason);

  /** Refused for good; erases the body and keeps the reason for staff. */
  void refused(MailNumber number, Instant at, String reason);
}
