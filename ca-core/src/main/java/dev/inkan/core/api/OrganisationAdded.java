package dev.inkan.core.api;

import java.util.Optional;

/**
 * An organisation that was registered, and its master user's letter.
 *
 * @param letter empty after a dry run
 */
public record OrganisationAdded(Organisation organisation, Optional<Letter> letter) {}
