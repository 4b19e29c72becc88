package dev.inkan.core.api;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who logs in.
 *
 * @param organisation its number
 */
public record User(
    String userId,
    String name,
    String mail,
    UserRole role,
    String organisation,
    String organisationName,
    AccountState state,
    Optional<Instant> lockedUntil,
    Optional<Instant> initialPasswordUntil,
    Optional<Instant> removedAt,
    int validCertificates) {}
