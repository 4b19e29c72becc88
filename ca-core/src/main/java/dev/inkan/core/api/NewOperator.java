package dev.inkan.core.api;

import java.util.List;

/**
 * An operator to be added.
 *
 * @param name 2-32 of a-z 0-9 . - _, a letter first
 * @param displayName 1-64 characters
 */
public record NewOperator(String name, String displayName, List<Role> roles) {
  public NewOperator {
    roles = List.copyOf(roles);
  }
}
