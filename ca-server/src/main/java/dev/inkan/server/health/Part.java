package dev.inkan.server.health;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that the server cannot do its work without.
 *
 * @param name such as {@code database}
 * @param fault tries it: what is wrong, in a sentence without secrets, or nothing. May hang and may
 *     throw
 */
public record Part(String name, Supplier<Optional<String>> fault) {}
