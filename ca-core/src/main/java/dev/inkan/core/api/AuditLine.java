package dev.inkan.core.api;

import java.time.Instant;
import java.util.Optional;

/** One event of the audit log. */
public record AuditLine(
    long number,
    Instant at,
    String actorKind,
    String actor,
    String action,
    Optional<String> subscriber,
    Optional<String> userId,
    Optional<String> serialNumber,
    String detail) {}
