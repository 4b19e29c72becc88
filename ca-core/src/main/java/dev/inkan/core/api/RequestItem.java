package dev.inkan.core.api;

import java.time.Instant;
import java.util.Optional;

/** One certificate of a request. */
public record RequestItem(
    String serialNumber, Optional<String> userId, ItemState state, Optional<Instant> at) {}
