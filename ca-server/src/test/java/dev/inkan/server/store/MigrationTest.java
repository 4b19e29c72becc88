package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.Language;
import dev.inkan.server.registration.User;
import dev.inkan.server.registration.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Databases that an earlier version of the program filled. */
final class MigrationTest {

  /** What version 1 may have held: a user, a certificate, an application under way, a mail. */
  private static final List<String> ROWS_OF_VERSION_1 =
      List.of(
          "INSERT INTO organisation (number, name) VALUES ('0001', '印鑑商事')",
          "INSERT INTO app_user (id, user_id, role, organisation_number, master_of, name, mail,"
              + " password_hash, failures) VALUES ('u1', 'taro01', 'MASTER', '0001', '0001',"
              + " '印鑑 太郎', 'taro@example.jp', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', 3)",
          "INSERT INTO certificate (serial_number, kind, subscriber_id, not_before, not_after, state,"
              + " prepared_at, prepared_by, der, fingerprint, current_for) VALUES ('40', 'SUBSCRIBER',"
              + " 'u1', TIMESTAMP WITH TIME ZONE '2026-11-22 00:00:00+00', TIMESTAMP WITH TIME ZONE"
              + " '2027-11-22 14:59:59+00', 'ISSUED', TIMESTAMP WITH TIME ZONE"
              + " '2026-11-22 00:00:00+00', 'node-1', CAST('00' AS BYTEA), 'f1', 'u1')",
          "INSERT INTO certificate_application (id, subscriber_id, state, created_at, code_counter,"
              + " code_tries, code_sent_at, code_expires_at, sealed_password) VALUES"
              + " ('11111111-1111-1111-1111-111111111111', 'u1', 'CODE_SENT', TIMESTAMP WITH TIME"
              + " ZONE '2026-11-22 00:00:00+00', 1, 0, TIMESTAMP WITH TIME ZONE"
              + " '2026-11-22 00:00:00+00', TIMESTAMP WITH TIME ZONE '2026-11-22 00:30:00+00',"
              + " CAST('00' AS BYTEA))",
          "INSERT INTO mail_outbox (number, subscriber_id, kind, recipient, state, sealed, attempts,"
              + " created_at, due_at) VALUES (1, 'u1', 'code', 'taro@example.jp', 'QUEUED',"
              + " CAST('00' AS BYTEA), 0, TIMESTAMP WITH TIME ZONE '2026-11-22 00:00:00+00',"
              + " TIMESTAMP WITH TIME ZONE '2026-11-22 00:00:00+00')");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  @DisplayName("A database of version 1 is refused until it is migrated, and loses nothing by it")
  void fromVersion1(Engine engine) throws SQLException {
    DatabaseSettings settings = engine.empty(folder);
    makeVersion1(settings);

    assertThatExceptionOfType(SchemaVersionException.class)
        .isThrownBy(() -> Database.openMigrated(settings))
        .withMessageContaining("'migrate'");
    try (Bed bed = new Bed(settings)) {
      User taro = bed.find(stores -> stores.users().find(new UserId("taro01"))).orElseThrow();
      assertThat(taro.lock()).isEqualTo(new Attempts(3, 0, Optional.empty(), false));
      assertThat(taro.language()).isEqualTo(Language.JAPANESE);
      assertThat(taro.password().isInitial()).as("the user's own, as before").isFalse();
      assertThat(bed.list(stores -> stores.certificates().findBySubscriber(taro.id()))).hasSize(1);
      assertThat(bed.count("SELECT COUNT(*) FROM certificate_application")).isEqualTo(1);
      assertThat(bed.count("SELECT COUNT(*) FROM mail_outbox WHERE state = 'QUEUED'")).isEqualTo(1);
    }
    Database.openMigrated(settings).close();
  }

  private static void makeVersion1(DatabaseSettings settings) throws SQLException {
    String url = settings.isH2() ? settings.url() + H2File.OPTIONS : settings.url();
    Flyway.configure()
        .dataSource(url, settings.user(), settings.password())
        .locations("classpath:db/migration/common")
        .target("1")
        .load()
        .migrate();
    try (Connection connection =
            DriverManager.getConnection(url, settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      for (String row : ROWS_OF_VERSION_1) {
        statement.execute(row);
      }
    }
  }
}
