package dev.inkan.server.registration.administration;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.secret.CodeState;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Addresses that have not answered yet, inside one transaction. */
public interface AddressChangeStore {

  /** Notes a change, in place of the one that was under way for the user. */
  void begin(AddressChange change);

  /** The change under way for the user, its code expired or not. */
  Optional<AddressChange> find(SubscriberId user);

  /** How many mails with a code for a new address were written to the user since {@code since}. */
  int countMailsSince(SubscriberId user, Instant since);

  /**
   * Takes one try at the code before it is compared: before its end and below {@code maximumTries}.
   *
   * @return the code state with this try counted, or nothing
   */
  Optional<CodeState> reserveTry(UUID id, Instant now, int maximumTries);

  /** Notes a resend at {@code now} if the last mail is older than {@code notAfter}. */
  boolean resend(UUID id, Instant now, Instant notAfter);

  /** Forgets the change; false if it is not under way any more. */
  boolean end(UUID id);

  /** Forgets whatever is under way for the user. */
  void endOf(SubscriberId user);

  /** Forgets changes whose code expired before {@code before}; returns how many. */
  int removeExpired(Instant before);
}
