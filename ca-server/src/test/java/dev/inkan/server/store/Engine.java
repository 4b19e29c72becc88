package dev.inkan.server.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases every store test runs on. */
public enum Engine {
  H2 {
    @Override
    public DatabaseSettings empty(Path directory) {
      return DatabaseSettings.h2(directory.resolve("inkan"), CONNECTIONS);
    }
  },
  POSTGRESQL {
    @Override
    public DatabaseSettings empty(Path directory) {
      return Server.RUNNING.newDatabase();
    }
  };

  static final int CONNECTIONS = 16;

  /** A database without tables, for one test. */
  public abstract DatabaseSettings empty(Path directory);

  /** One PostgreSQL for all tests of this JVM; it stops with it. */
  private static final class Server {

    private static final Server RUNNING = new Server();

    private final AtomicInteger count = new AtomicInteger();
    private final EmbeddedPostgres postgres;

    private Server() {
      try {
        postgres =
            EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private DatabaseSettings newDatabase() {
      String name = "inkan" + count.incrementAndGet();
      try (Connection connection = postgres.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      } catch (SQLException e) {
        throw new IllegalStateException("cannot create a database", e);
      }
      String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name;
      return new DatabaseSettings(url, "postgres", "postgres", CONNECTIONS);
    }
  }
}
