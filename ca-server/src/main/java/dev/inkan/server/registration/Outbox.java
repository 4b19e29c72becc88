package dev.inkan.server.registration;

import dev.inkan.core.certificate.SubscriberId;
import java.time.Instant;
import java.util.Optional;

/** Mails to be sent, written in the transaction of what they tell. */
public interface Outbox {

  /**
   * Takes a mail for sending once the transaction commits.
   *
   * @param deadline after which it is pointless and is dropped instead
   */
  void add(SubscriberId user, MailAddress to, Notice notice, Optional<Instant> deadline);
}
