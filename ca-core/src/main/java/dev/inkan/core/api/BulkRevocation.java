package dev.inkan.core.api;

import java.time.Instant;
import java.util.Optional;

/** A bulk revocation. */
public record BulkRevocation(
    long number,
    RequestState state,
    Asked asked,
    Optional<String> organisation,
    Progress progress,
    Instant createdAt,
    String createdBy,
    Optional<Instant> decidedAt,
    Optional<String> decidedBy,
    Optional<String> decisionNote) {}
