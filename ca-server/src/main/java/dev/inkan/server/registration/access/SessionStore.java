package dev.inkan.server.registration.access;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.secret.TokenHash;
import java.time.Instant;
import java.util.Optional;

/** Sessions, inside one transaction. */
public interface SessionStore {

  void add(Session session);

  /** The session if it has not ended at {@code now}. */
  Optional<Session> find(TokenHash id, Instant now);

  /** Moves the end of the session. */
  void extend(TokenHash id, Instant expiresAt);

  /** Ends the session; false if it has ended before. */
  boolean remove(TokenHash id);

  /** Removes every session of the user, in the log-in and in the issue flow; returns how many. */
  int removeOf(SubscriberId user);

  /** Removes what ended before {@code now}; returns how many. */
  int removeExpired(Instant now);
}
