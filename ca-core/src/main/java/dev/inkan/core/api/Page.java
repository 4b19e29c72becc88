package dev.inkan.core.api;

import java.util.List;
import java.util.Optional;

/**
 * Some of what a list holds.
 *
 * @param next what to ask for with {@code after=} to go on; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }
}
