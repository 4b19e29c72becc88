package dev.inkan.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Lets H2 write commits a second late, for tests in which no process dies: each commit written at
 * once, as the server has it, is half of such a test's work.
 */
final class QuickCommits {

  private static final String LATE = "SET WRITE_DELAY 1000";

  private QuickCommits() {}

  /** Until the pool's next connection is made, which sets it back. */
  static void in(DataSource h2) {
    try (Connection connection = h2.getConnection();
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(LATE);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
