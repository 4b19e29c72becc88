package dev.inkan.core.api;

import java.util.Optional;

/**
 * Why somebody does something; kept with it.
 *
 * @param note at most 500 characters
 */
public record Note(Optional<String> note) {}
