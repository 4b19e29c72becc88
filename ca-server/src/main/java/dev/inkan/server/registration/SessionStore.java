package dev.inkan.server.registration;

import java.time.Instant;
import java.util.Optional;

/** Sessions, inside one transaction. */
public interface SessionStore {

  void add(Session session);

  /** The session if it has not ended at {@code now}. */
  Optional<Session> find(TokenHash id, Instant now);

  /** Moves the end of the session. */
  void extend(TokenHash id, Instant expiresAt);

  void remove(TokenHash id);

  /** Removes what ended before {@code now}; returns how many. */
  int removeExpired(Instant now);
}
