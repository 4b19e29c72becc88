package dev.inkan.server.registration.mail;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.User;
import java.time.Instant;
import java.util.Optional;

/**
 * A mail to be written.
 *
 * @param user whose mail it is; empty for an address that is no user's yet
 * @param deadline after which it is pointless and is dropped instead
 * @param about the certificate it is about, if it becomes pointless with it
 */
public record OutgoingMail(
    Optional<SubscriberId> user,
    MailAddress to,
    Language language,
    Notice notice,
    Optional<Instant> deadline,
    Optional<SerialNumber> about) {

  /** A mail to the user's registered address, in the user's language. */
  public static OutgoingMail to(User user, Notice notice) {
    return toAddress(user, user.mail(), notice);
  }

  /** A mail to an address that the user has, had or is to have. */
  public static OutgoingMail toAddress(User user, MailAddress to, Notice notice) {
    return new OutgoingMail(
        Optional.of(user.id()), to, user.language(), notice, Optional.empty(), Optional.empty());
  }

  /** A mail to somebody who is no user yet. */
  public static OutgoingMail toStranger(MailAddress to, Notice notice) {
    return new OutgoingMail(
        Optional.empty(), to, Language.JAPANESE, notice, Optional.empty(), Optional.empty());
  }

  /** The same, dropped if it cannot be sent before {@code deadline}. */
  public OutgoingMail before(Instant deadline) {
    return new OutgoingMail(user, to, language, notice, Optional.of(deadline), about);
  }

  /** The same, about this certificate. */
  public OutgoingMail about(SerialNumber serialNumber) {
    return new OutgoingMail(user, to, language, notice, deadline, Optional.of(serialNumber));
  }
}
