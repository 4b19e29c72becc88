package dev.inkan.core.api;

import dev.inkan.core.certificate.RevocationReason;
import java.time.Instant;
import java.util.Optional;

/**
 * How to revoke one certificate.
 *
 * @param reason one that {@link RevocationReason#allowedForAdministrators()}
 * @param invalidityDate not in the future and not before the certificate
 */
public record Revoke(
    RevocationReason reason, Optional<Instant> invalidityDate, Optional<String> note) {}
