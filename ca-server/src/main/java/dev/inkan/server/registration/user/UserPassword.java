package dev.inkan.server.registration.user;

import dev.inkan.server.registration.secret.PasswordHash;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored password and who chose it.
 *
 * @param initialUntil when it ends, if somebody else set it (初期パスワード); empty for the user's own,
 *     which does not end
 */
public record UserPassword(PasswordHash hash, Optional<Instant> initialUntil) {

  /** One the user chose. */
  public static UserPassword own(PasswordHash hash) {
    return new UserPassword(hash, Optional.empty());
  }

  /** One that somebody else set: it has to be changed before anything is made with it (C5). */
  public static UserPassword initial(PasswordHash hash, Instant until) {
    return new UserPassword(hash, Optional.of(until));
  }

  public boolean isInitial() {
    return initialUntil.isPresent();
  }

  /** Whether the password no longer opens anything at {@code now}. */
  public boolean isOverAt(Instant now) {
    return initialUntil.filter(until -> !now.isBefore(until)).isPresent();
  }

  /** The same password under another hash. */
  public UserPassword rehashed(PasswordHash other) {
    return new UserPassword(other, initialUntil);
  }
}
