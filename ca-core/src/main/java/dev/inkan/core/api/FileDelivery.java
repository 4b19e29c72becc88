package dev.inkan.core.api;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of the file with a certificate's key.
 *
 * @param fetchedAt empty while nobody fetched it (B17)
 * @param until from then on nobody can
 */
public record FileDelivery(Optional<Instant> fetchedAt, Instant until) {}
