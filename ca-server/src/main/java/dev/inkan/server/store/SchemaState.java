package dev.inkan.server.store;

import java.util.Optional;

/**
 * How far a database's tables have come.
 *
 * @param version the last number that was applied; none in a database without tables
 * @param newest what this program works with
 */
public record SchemaState(Optional<String> version, String newest) {

  /** Of a database that is not there yet. */
  static SchemaState ofNothing() {
    return new SchemaState(Optional.empty(), "");
  }

  public boolean isCurrent() {
    return version.filter(newest::equals).isPresent();
  }
}
