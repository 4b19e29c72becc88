package dev.inkan.core.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A mail, never its text.
 *
 * @param dueAt the next try, while it waits
 * @param advice what gets the reader what the mail was to tell, where it did not arrive
 */
public record Mail(
    long number,
    MailState state,
    String kind,
    Optional<String> userId,
    String to,
    int attempts,
    Instant createdAt,
    Optional<Instant> dueAt,
    Optional<Instant> endedAt,
    Optional<String> reason,
    Optional<String> advice) {}
