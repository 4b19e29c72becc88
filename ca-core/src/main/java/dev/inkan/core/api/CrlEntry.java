package dev.inkan.core.api;

import dev.inkan.core.certificate.RevocationReason;
import java.time.Instant;
import java.util.Optional;

/** One line of a CRL. */
public record CrlEntry(
    String serialNumber,
    Instant revokedAt,
    Optional<RevocationReason> reason,
    Optional<Instant> invalidityDate) {}
