package dev.inkan.server.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Where the database is and how to log in to it.
 *
 * @param url {@code jdbc:h2:file:PATH} without options, or {@code jdbc:postgresql://...}
 * @param password never printed; empty for an H2 file, which the file system guards
 * @param connections how many at most
 * @param patience how long PostgreSQL is waited for
 */
public record DatabaseSettings(
    String url, String user, String password, int connections, Patience patience) {

  private static final String H2_FILE = "jdbc:h2:file:";
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final int MINIMUM_CONNECTIONS = 2;
  private static final int MAXIMUM_CONNECTIONS = 200;

  /**
   * How long PostgreSQL is waited for; whole seconds.
   *
   * @param connect for each of its hosts
   * @param answer for an answer, a commit's included: longer than a lock may be waited for
   */
  public record Patience(Duration connect, Duration answer) {

    /** As delivered. */
    public static final Patience STANDARD =
        new Patience(Duration.ofSeconds(2), Duration.ofSeconds(30));
  }

  /** One with the patience that is delivered. */
  public DatabaseSettings(String url, String user, String password, int connections) {
    this(url, user, password, connections, Patience.STANDARD);
  }

  public DatabaseSettings {
    if (!url.startsWith(H2_FILE) && !url.startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException(
          "the database URL must start with " + H2_FILE + " or " + POSTGRESQL);
    }
    // AUTO_SERVER opens a port, other WRITE_DELAYs lose commits, INIT runs SQL.
    if (url.startsWith(H2_FILE) && url.contains(";")) {
      throw new IllegalArgumentException("the URL of an H2 file takes no options after ';'");
    }
    if (url.toLowerCase(Locale.ROOT).contains("password=")) {
      throw new IllegalArgumentException(
          "the database password must not be in the URL, where it would be printed");
    }
    if (connections < MINIMUM_CONNECTIONS || connections > MAXIMUM_CONNECTIONS) {
      throw new IllegalArgumentException(
          "the database needs 2-200 connections, not " + connections);
    }
  }

  /** An H2 database in the files that start with {@code path}. */
  public static DatabaseSettings h2(Path path, int connections) {
    return new DatabaseSettings(H2_FILE + path.toAbsolutePath(), "inkan", "", connections);
  }

  boolean isH2() {
    return url.startsWith(H2_FILE);
  }

  /** The file H2 keeps the data in. */
  Path h2DataFile() {
    return Path.of(url.substring(H2_FILE.length()) + ".mv.db").toAbsolutePath();
  }

  /** Another H2 file in the same folder, its name longer by {@code ending}. */
  DatabaseSettings beside(String ending) {
    return new DatabaseSettings(url + ending, user, password, connections);
  }

  @Override
  public String toString() {
    return "DatabaseSettings[" + url + ", " + user + ", " + connections + " connections]";
  }
}
