package dev.inkan.server.registration.access;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.secret.TokenHash;
import java.time.Instant;
import java.util.Optional;

/**
 * What the server knows of a browser that has shown a right password.
 *
 * @param application the certificate application this browser works on, in the issue flow
 * @param certificate the client certificate it logged in with; beside an application: to renew it
 * @param expiresAt when it ends unless it is used
 */
public record Session(
    TokenHash id,
    SubscriberId user,
    Optional<ApplicationId> application,
    Optional<Fingerprint> certificate,
    Instant createdAt,
    Instant expiresAt) {

  /** Whether it was opened by a log-in with this certificate. */
  public boolean isBoundTo(Fingerprint shown) {
    return certificate.filter(shown::equals).isPresent();
  }

  /** Whether the session is one of the log-in rather than of the issue flow. */
  public boolean isLogin() {
    return certificate.isPresent();
  }
}
