package dev.inkan.core.api;

import dev.inkan.core.certificate.RevocationReason;
import java.time.Instant;
import java.util.Optional;

/**
 * How a certificate was revoked or held.
 *
 * @param invalidityDate from when on the key is not to be trusted (RFC 5280, section 5.3.2)
 * @param request the number of the request it was revoked on
 */
public record Revocation(
    Instant at,
    RevocationReason reason,
    Optional<Instant> invalidityDate,
    Optional<Long> request) {}
