package dev.inkan.core.api;

import java.time.Instant;
import java.util.Optional;

/**
 * An operator's certificate.
 *
 * @param fingerprint SHA-256, lower-case hexadecimal
 */
public record OperatorCredential(
    String serialNumber,
    String fingerprint,
    CredentialState state,
    Instant notBefore,
    Instant notAfter,
    Optional<Instant> firstUsedAt) {}
