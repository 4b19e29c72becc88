package dev.inkan.bench;

/** What the server's own log may say between two rows of a table. */
final class Logs {

  /** Nothing below a warning. */
  static final String QUIET = "-Dlogback.configurationFile=dev/inkan/bench/logback.xml";

  private Logs() {}
}
