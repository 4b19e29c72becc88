package dev.inkan.core.api;

import java.time.Instant;
import java.util.Optional;

/**
 * Who asked for a revocation, how and why.
 *
 * @param askedBy who spoke for the organisation, 1-64 characters
 * @param lostAt from when on the key is not to be trusted; not in the future
 * @param note at most 500 characters
 */
public record Asked(
    String askedBy,
    Channel channel,
    Cause cause,
    Optional<Instant> lostAt,
    Optional<String> note) {}
