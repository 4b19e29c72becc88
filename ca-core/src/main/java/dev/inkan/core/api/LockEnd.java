package dev.inkan.core.api;

import java.util.Optional;

/**
 * What ended of a lock or a block.
 *
 * @param userId the user's, if it was theirs; they were told by mail
 * @param loginId the letter's, if it was the letter's
 */
public record LockEnd(Optional<String> userId, Optional<String> loginId) {}
