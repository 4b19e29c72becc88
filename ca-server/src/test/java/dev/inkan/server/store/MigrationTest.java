package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
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
              + " TIMESTAMP WITH TIME ZONE '2026-11-22 00:00:00+00')",
          audited("USER_IMPORTED", "'u1'", "NULL"),
          audited("CERTIFICATE_ISSUED", "'u1'", "'40'"));

  /** What version 2 may have held beside it: events with a gap, as a rollback left them. */
  private static final List<String> ROWS_OF_VERSION_2 =
      List.of(
          "INSERT INTO certificate (serial_number, kind, subscriber_id, not_before, not_after, state,"
              + " prepared_at, prepared_by) VALUES ('41', 'SUBSCRIBER', 'u1', TIMESTAMP WITH TIME"
              + " ZONE '2026-11-23 00:00:00+00', TIMESTAMP WITH TIME ZONE '2027-11-23 14:59:59+00',"
              + " 'PREPARED', TIMESTAMP WITH TIME ZONE '2026-11-23 00:00:00+00', 'node-1')",
          audited("LOGGED_IN", "'u1'", "'40'"),
          "DELETE FROM audit_event WHERE action = 'LOGGED_IN'",
          audited("LOGGED_OUT", "'u1'", "NULL"));

  private static String audited(String action, String subscriber, String serial) {
    return "INSERT INTO audit_event (occurred_at, actor_kind, actor_name, action, subscriber_id,"
        + " serial_number, detail) VALUES (TIMESTAMP WITH TIME ZONE '2026-11-22 09:00:00.5+09',"
        + " 'SUBSCRIBER', '印鑑', '"
        + action
        + "', "
        + subscriber
        + ", "
        + serial
        + ", '')";
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  @DisplayName("A database of version 1 is refused until it is migrated, and loses nothing by it")
  void fromVersion1(Engine engine) throws SQLException {
    DatabaseSettings settings = engine.empty(folder);
    make(settings, "1", ROWS_OF_VERSION_1);

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
      assertThat(bed.list(stores -> stores.certificates().findBySubscriber(taro.id())))
          .as("everything so far was issued by the first issuing CA")
          .extracting(CertificateRecord::issuer)
          .containsExactly(CaName.ISSUING);
      Generations all = bed.transactions.authority().inTransaction(it -> it.issuingCas().all());
      assertThat(all.active(Bed.NOW).number()).isEqualTo(1);
    }
    Database.openMigrated(settings).close();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("D4")
  @Tag("D2")
  @DisplayName(
      "D4, D2: what earlier versions wrote is chained and numbered, and goes on from there")
  void chainedAndNumbered(Engine engine) throws SQLException {
    DatabaseSettings settings = engine.empty(folder);
    make(settings, "1", ROWS_OF_VERSION_1);
    make(settings, "2", ROWS_OF_VERSION_2);

    try (Bed bed = new Bed(settings)) {
      assertThat(bed.auditRecords())
          .extracting(AuditRecord::number, written -> written.entry().action())
          .containsExactly(
              tuple(1L, "USER_IMPORTED"), tuple(2L, "CERTIFICATE_ISSUED"), tuple(3L, "LOGGED_OUT"));
      bed.run(stores -> stores.audit().append(Bed.event("logged in again")));
      bed.run(
          stores ->
              stores.certificates().abandon(SerialNumber.parse("41"), Bed.NOW, Optional.empty()));
      bed.run(stores -> stores.certificates().prepare(Bed.prepared(1, Bed.TARO, Bed.NOW)));

      assertThat(bed.auditRecords()).hasSize(4);
      bed.requireChained();
      assertThat(bed.changesAfter(0))
          .as("in the order of their last change")
          .containsExactly("40", "41", Bed.serial(1).toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("D4")
  @DisplayName("D4: thousands of events from before are chained, page after page")
  void manyPages(Engine engine) throws SQLException {
    DatabaseSettings settings = engine.empty(folder);
    make(
        settings,
        "2",
        List.of(
            audited("LOGGED_IN", "NULL", "NULL"),
            "INSERT INTO audit_event (occurred_at, actor_kind, actor_name, action, detail)"
                + " SELECT a.occurred_at, a.actor_kind, a.actor_name, a.action, 'again'"
                + " FROM audit_event a CROSS JOIN attempt_in_vain b"
                + " CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6), (7), (8)) AS c (n)"));

    try (Bed bed = new Bed(settings)) {
      bed.requireChained();
      assertThat(bed.auditRecords()).hasSize(1 + 256 * 8);
    }
  }

  private static void make(DatabaseSettings settings, String version, List<String> rows)
      throws SQLException {
    String url = settings.isH2() ? settings.url() + H2File.OPTIONS : settings.url();
    Flyway.configure()
        .dataSource(url, settings.user(), settings.password())
        .locations("classpath:db/migration/common")
        .target(version)
        .load()
        .migrate();
    try (Connection connection =
            DriverManager.getConnection(url, settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      for (String row : rows) {
        statement.execute(row);
      }
    }
  }
}
