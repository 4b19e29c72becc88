package dev.inkan.server.config;

import java.util.List;

/**
 * The server was told something that cannot work. The message has a line for each problem; nothing
 * was started.
 */
public final class ConfigurationException extends RuntimeException {

  /** {@code EX_CONFIG} of sysexits: what the process ends with. */
  public static final int EXIT_CODE = 78;

  private final List<String> problems;

  public ConfigurationException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each: where, which key, what is wrong, what is allowed, how to mend it. */
  public List<String> problems() {
    return problems;
  }
}
