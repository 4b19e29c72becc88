package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.NodeName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("S17")
@DisplayName("Two servers of one name do not run over one PostgreSQL")
final class NodeClaimTest {

  private static final NodeName NODE = new NodeName("node-1");
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path folder;

  @Test
  @DisplayName("The second is refused in a sentence; another name, and another database, are not")
  void refused() {
    DatabaseSettings settings = Engine.POSTGRESQL.empty(folder);
    try (NodeClaim first = NodeClaim.take(settings, NODE, SHORT);
        NodeClaim other = NodeClaim.take(settings, new NodeName("node-2"), SHORT);
        NodeClaim elsewhere = NodeClaim.take(Engine.POSTGRESQL.empty(folder), NODE, SHORT)) {
      assertThat(first).isNotSameAs(other).isNotSameAs(elsewhere);
      assertThatThrownBy(() -> NodeClaim.take(settings, NODE, SHORT).close())
          .isInstanceOf(NodeNameTakenException.class)
          .hasMessageContaining("calls itself node-1")
          .hasMessageContaining("from 127.0.0.1, since 20")
          .hasMessageContaining("the key 'node'");
    }
    NodeClaim.take(settings, NODE, SHORT).close();
  }

  @Test
  @DisplayName("One that has just died is waited for")
  void waitedFor() throws Exception {
    DatabaseSettings settings = Engine.POSTGRESQL.empty(folder);
    NodeClaim first = NodeClaim.take(settings, NODE, SHORT);
    CompletableFuture<NodeClaim> next =
        CompletableFuture.supplyAsync(() -> NodeClaim.take(settings, NODE, NodeClaim.PATIENCE));
    org.awaitility.Awaitility.await().until(() -> waiting(settings) == 1);

    first.close();

    next.get().close();
  }

  private static int waiting(DatabaseSettings settings) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                    + " AND database = (SELECT oid FROM pg_database"
                    + " WHERE datname = current_database())")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  @DisplayName("An H2 file needs none")
  void h2() {
    DatabaseSettings settings = DatabaseSettings.h2(folder.resolve("none"), 2);
    try (NodeClaim first = NodeClaim.take(settings, NODE, SHORT);
        NodeClaim second = NodeClaim.take(settings, NODE, SHORT)) {
      assertThat(first).isNotSameAs(second);
    }
  }
}
