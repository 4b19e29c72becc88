package dev.inkan.core.api;

import java.time.Instant;

/** A certificate of the CA's own. */
public record AuthorityCertificate(
    String subject, String serialNumber, String fingerprint, Instant notBefore, Instant notAfter) {}
