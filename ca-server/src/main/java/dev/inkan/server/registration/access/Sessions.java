package dev.inkan.server.registration.access;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.secret.SessionToken;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Opens, finds and ends sessions. Every change of privilege opens a new one, with a new token. Safe
 * for several threads.
 */
public final class Sessions {

  private final Duration idle;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * @param idle how long a session lives unused
   */
  public Sessions(Duration idle, Clock clock, SecureRandom random) {
    this.idle = idle;
    this.clock = clock;
    this.random = random;
  }

  /** A token for a browser that has shown nothing yet; the database does not know of it. */
  public SessionToken newToken() {
    return SessionToken.random(random);
  }

  /** Opens a session of the issue flow that lives at least until {@code until}. */
  public void openForApplication(
      AccessStores stores,
      SessionToken token,
      SubscriberId user,
      ApplicationId application,
      Instant until) {
    open(stores, token, user, Optional.of(application), Optional.empty(), until);
  }

  /** Opens a log-in session, bound to the certificate it was opened with. */
  public SessionToken openForLogin(
      AccessStores stores, SubscriberId user, Fingerprint certificate) {
    SessionToken token = newToken();
    open(stores, token, user, Optional.empty(), Optional.of(certificate), Instant.MIN);
    return token;
  }

  /** Opens a session that is logged in and works on an application for the next certificate. */
  public void openForRenewal(
      AccessStores stores,
      SessionToken token,
      SubscriberId user,
      ApplicationId application,
      Fingerprint certificate) {
    open(stores, token, user, Optional.of(application), Optional.of(certificate), Instant.MIN);
  }

  private void open(
      AccessStores stores,
      SessionToken token,
      SubscriberId user,
      Optional<ApplicationId> application,
      Optional<Fingerprint> certificate,
      Instant until) {
    Instant now = clock.instant();
    Instant end = later(now.plus(idle), until);
    stores.sessions().add(new Session(token.hash(), user, application, certificate, now, end));
  }

  /** The session of {@code token} if it lives; using it lets it live on. */
  public Optional<Session> find(AccessStores stores, SessionToken token) {
    Instant now = clock.instant();
    Optional<Session> found = stores.sessions().find(token.hash(), now);
    found.ifPresent(session -> extend(stores, session, now.plus(idle)));
    return found;
  }

  // A write for every poll of a page would be a write a second; half a minute is exact enough.
  private static void extend(AccessStores stores, Session session, Instant end) {
    if (session.expiresAt().isBefore(end.minusSeconds(30))) {
      stores.sessions().extend(session.id(), end);
    }
  }

  /** Ends the session of {@code token}; false if there is none, or none any more. */
  public boolean end(AccessStores stores, SessionToken token) {
    return stores.sessions().remove(token.hash());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
