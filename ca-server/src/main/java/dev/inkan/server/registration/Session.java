package dev.inkan.server.registration;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.SubscriberId;
import java.time.Instant;
import java.util.Optional;

/**
 * What the server knows of a browser that has shown a right password.
 *
 * @param application the certificate application this browser works on, in the issue flow
 * @param certificate the client certificate it logged in with; empty in the issue flow
 * @param expiresAt when it ends unless it is used
 */
public record Session(
    TokenHash id,
    SubscriberId user,
    Optional<ApplicationId> application,
    Optional<Fingerprint> certificate,
    Instant createdAt,
    Instant expiresAt) {

  /** Whether the session is one of the log-in rather than of the issue flow. */
  public boolean isLogin() {
    return certificate.isPresent();
  }
}
