package dev.inkan.server.health;

import java.time.Instant;
import java.util.Optional;

/**
 * How a part stands.
 *
 * @param since since when it is up, or down
 * @param fault what is wrong, if it is down
 */
public record PartState(String name, Instant since, Optional<String> fault) {

  public boolean isUp() {
    return fault.isEmpty();
  }
}
