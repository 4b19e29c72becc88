package dev.inkan.server.registration.mail;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What became of mails, for staff and master users; inside one transaction. */
public interface MailRegister {

  /** The last mails to that user, {@code limit} at most, the newest first. */
  List<MailEntry> list(UserId user, int limit);

  /**
   * The last mail to the address that the user has now, if it was refused: then the address is
   * probably wrong. A mail that still waits or was dropped says nothing about it.
   */
  Optional<RefusedMail> lastRefused(SubscriberId user);

  /**
   * Has a mail that waits for another try handed over as soon as possible.
   *
   * @return false if it does not wait, or a server is handing it over at {@code now}
   */
  boolean hasten(MailNumber number, Instant now);
}
