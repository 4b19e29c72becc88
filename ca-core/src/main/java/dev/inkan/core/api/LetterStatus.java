package dev.inkan.core.api;

import java.time.Instant;

/**
 * The letter that counts for an organisation's master user.
 *
 * @param until when its initial password ends
 */
public record LetterStatus(String loginId, LetterState state, Instant until) {}
