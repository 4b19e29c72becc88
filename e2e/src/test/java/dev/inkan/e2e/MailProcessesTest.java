package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.mail.Letterhead;
import dev.inkan.server.mail.MailSeal;
import dev.inkan.server.mail.SealedMailComposer;
import dev.inkan.server.registration.MailAddress;
import dev.inkan.server.registration.Notice;
import dev.inkan.server.registration.OutgoingMail;
import dev.inkan.server.registration.UserId;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.JdbiTransactions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Real servers over one PostgreSQL hand mails to a real mail server, and are killed meanwhile. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class MailProcessesTest {

  private static final MailAddress READER = new MailAddress("reader@union.example");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Clock clock = Clock.systemUTC();

  @TempDir private Path folder;
  private EmbeddedPostgres postgres;
  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .start();
    installation =
        Installation.make(
            folder,
            """
            database:
              url: jdbc:postgresql://127.0.0.1:%d/postgres
              user: postgres
            authority: {subscriber-key: p-256, key-pool-size: 1}
            """
                .formatted(postgres.getPort()));
  }

  @AfterEach
  void close() throws IOException {
    installation.close();
    postgres.close();
  }

  @Test
  @Tag("A4")
  @Tag("B12")
  @DisplayName(
      "kill -9 after the mail server took a mail and before that is written down: it goes once"
          + " more, as the same message, and no third time")
  void killedBetweenHandOverAndCommit() {
    try (ServerProcess server = installation.serve()) {
      installation.mails().onNextMail(server::kill);
      queue(1);
      Awaitility.await("the kill").atMost(PATIENCE).until(() -> !server.isAlive());
    }
    assertThat(query("SELECT state || ' ' || claimed_by FROM mail_outbox"))
        .containsExactly("QUEUED e2e");

    try (ServerProcess server = installation.serve()) {
      MailServer.Mail again = installation.mails().await(READER.value(), 2);
      Awaitility.await("the end of it")
          .atMost(PATIENCE)
          .until(() -> query("SELECT state FROM mail_outbox").equals(List.of("SENT")));
      queue(1);
      Awaitility.await("the dead server's job is taken over")
          .atMost(PATIENCE)
          .until(() -> installation.mails().to(READER.value()).size() >= 3);

      assertThat(installation.mails().to(READER.value()).get(0)).isEqualTo(again);
      assertThat(distinct()).isEqualTo(2);
      assertThat(installation.mails().to(READER.value())).hasSize(3);
      assertThat(server.line(line -> line.contains("1 mails were being handed over"))).isPresent();
    }
  }

  @Test
  @Tag("A4")
  @DisplayName(
      "Two servers send 200 mails, each once; when the one that sends is killed the other goes on,"
          + " and nothing is lost")
  void twoServers() throws IOException {
    Path other = secondConfig();
    try (ServerProcess one = installation.serve();
        ServerProcess two = start(other)) {
      queue(200);
      awaitSent(200);
      assertThat(installation.mails().to(READER.value())).hasSize(200);
      assertThat(distinct()).isEqualTo(200);

      installation.mails().onNextMail(() -> (sender().equals("e2e") ? one : two).kill());
      queue(60);
      Awaitility.await("the kill").atMost(PATIENCE).until(() -> !one.isAlive() || !two.isAlive());
      int before = installation.mails().to(READER.value()).size();
      Awaitility.await("the other goes on by itself")
          .atMost(PATIENCE)
          .until(() -> installation.mails().to(READER.value()).size() >= before + 40);

      try (ServerProcess again = one.isAlive() ? start(other) : installation.serve()) {
        assertThat(again.isAlive()).isTrue();
        awaitSent(260);
      }
      assertThat(distinct()).isEqualTo(260);
      assertThat(installation.mails().to(READER.value())).hasSize(261);
    }
  }

  private void awaitSent(int count) {
    Awaitility.await(count + " sent")
        .atMost(PATIENCE)
        .until(
            () ->
                query("SELECT COUNT(*) FROM mail_outbox WHERE state = 'SENT'")
                    .equals(List.of(Integer.toString(count))));
  }

  /** Who hands mails over at this moment. */
  private String sender() {
    return query("SELECT DISTINCT claimed_by FROM mail_outbox WHERE claimed_by IS NOT NULL").get(0);
  }

  private long distinct() {
    return installation.mails().to(READER.value()).stream()
        .map(MailServer.Mail::messageId)
        .distinct()
        .count();
  }

  /** The same installation under another name, on other ports and with files of its own. */
  private Path secondConfig() throws IOException {
    String port = Integer.toString(installation.uri().getPort());
    String text =
        Files.readString(installation.config())
            .replace(
                "node: e2e",
                "node: other\njournal: {file: data/other.log}\ncrl: {folder: data/other-crl}")
            .replaceAll("(status|admin):\n  port: \\d+", "$1:\n  port: 0")
            .replace(port, Integer.toString(ServerProcess.freePort()));
    return Files.writeString(folder.resolve("other.yaml"), text);
  }

  private static ServerProcess start(Path config) {
    return ServerProcess.start(
        ServerProcess.jar(),
        said -> said.startsWith("Inkan is ready at"),
        "serve",
        "--config",
        config.toString());
  }

  /** Queues mails as a server does, in one transaction. */
  private void queue(int count) {
    InkanConfig config = ConfigFile.load(installation.config());
    MailSeal seal = new MailSeal(config.secrets().serverKeyFile().key());
    SealedMailComposer composer =
        new SealedMailComposer(Letterhead.of(config.bank()), seal, new SecureRandom(), clock);
    DatabaseSettings settings =
        new DatabaseSettings(config.database().url(), config.database().user(), "", 2);
    try (Database database = Database.openMigrated(settings)) {
      int queued =
          new JdbiTransactions(database, composer, clock)
              .inTransaction(
                  stores -> {
                    for (int i = 0; i < count; i++) {
                      Notice notice = new Notice.Unlocked(new UserId("reader01"));
                      stores.outbox().add(OutgoingMail.toStranger(READER, notice));
                    }
                    return count;
                  });
      assertThat(queued).isEqualTo(count);
    }
  }

  private List<String> query(String sql) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
