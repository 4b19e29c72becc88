package dev.inkan.core.api;

import java.time.Instant;

/**
 * A published CRL.
 *
 * @param number decimal
 */
public record Crl(
    CrlKind kind,
    String issuer,
    String number,
    Instant thisUpdate,
    Instant nextUpdate,
    long entries,
    long octets,
    String url) {}
