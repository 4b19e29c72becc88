package dev.inkan.admin.command;

import dev.inkan.admin.terminal.Terminal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Where whoever types the command sits.
 *
 * @param home the folder of the user's own settings
 */
public record Desk(Terminal terminal, Map<String, String> environment, Path home, Clock clock) {

  public Desk {
    environment = Map.copyOf(environment);
  }

  @Override
  public String toString() {
    return "Desk[" + home + "]"; // the environment may hold a password
  }
}
