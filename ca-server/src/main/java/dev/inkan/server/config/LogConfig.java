package dev.inkan.server.config;

import io.smallrye.config.WithDefault;

/** How the log is written. */
public interface LogConfig {

  @WithDefault("console")
  Format format();

  /** One event a line, either way. */
  enum Format {
    /** For eyes. */
    CONSOLE,
    /** For programs. */
    JSON
  }
}
