package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.user.UserRole;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DatabaseCopyTest {

  @ParameterizedTest(name = "on {0}")
  @EnumSource
  @Tag("A4")
  @DisplayName("A copy holds every row, goes on by itself, and leaves the original as it was")
  void everyRow(Engine engine, @TempDir Path directory) throws IOException {
    DatabaseSettings settings = engine.empty(directory);
    Map<String, String> original = filled(settings);
    byte[] file = fileOf(settings);

    try (DatabaseCopy copy = DatabaseCopy.of(settings)) {
      assertThat(rows(copy.database())).isEqualTo(original);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.folder())))
          .isEqualTo("rwx------");
      JdbiTransactions transactions = new JdbiTransactions(copy.database(), Bed.SEALER, clock());
      transactions.inTransaction(
          stores -> {
            stores.certificates().prepare(Bed.prepared(9, Bed.TARO, Bed.NOW.plusSeconds(9)));
            stores.outbox().add(mail("taro01"));
            return true;
          });
      assertThat(rows(copy.database()))
          .extractingByKeys("MAIL_OUTBOX", "CERTIFICATE")
          .doesNotContain(original.get("MAIL_OUTBOX"), original.get("CERTIFICATE"));
    }

    assertThat(fileOf(settings)).isEqualTo(file);
    try (Database again = Database.openMigrated(settings)) {
      assertThat(rows(again)).isEqualTo(original);
    }
  }

  @ParameterizedTest(name = "from {0} to {1}")
  @CsvSource({"H2,POSTGRESQL", "POSTGRESQL,H2"})
  @DisplayName("copy-database: every row is the same, it goes on by itself, and only once")
  void transfer(Engine from, Engine into, @TempDir Path directory) {
    DatabaseSettings source = from.empty(directory.resolve("from"));
    DatabaseSettings target = into.empty(directory.resolve("into"));
    Map<String, String> original = filled(source);

    Map<String, Long> counts = DatabaseTransfer.copy(source, target, (table, rows) -> {});

    assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isPositive();
    try (Database copied = Database.openMigrated(target)) {
      assertThat(rows(copied)).isEqualTo(original);
      new JdbiTransactions(copied, Bed.SEALER, clock())
          .inTransaction(
              stores -> {
                stores.certificates().prepare(Bed.prepared(9, Bed.TARO, Bed.NOW.plusSeconds(9)));
                stores.outbox().add(mail("taro01"));
                return true;
              });
    }
    assertThatThrownBy(() -> DatabaseTransfer.copy(source, target, (table, rows) -> {}))
        .isInstanceOf(DatabaseTransferException.class)
        .hasMessageContaining("in use already");
  }

  @Test
  @DisplayName("A closed copy is gone, and may be closed again")
  void deleted(@TempDir Path directory) {
    DatabaseSettings settings = Engine.H2.empty(directory);
    filled(settings);
    DatabaseCopy copy = DatabaseCopy.of(settings);
    assertThat(copy.folder()).exists();

    copy.close();
    copy.close();

    assertThat(copy.folder()).doesNotExist();
  }

  @Test
  @DisplayName("An H2 file that a server has open is told so, and not touched")
  void inUse(@TempDir Path directory) throws IOException {
    DatabaseSettings settings = Engine.H2.empty(directory);
    filled(settings);
    byte[] before = fileOf(settings);

    try (FileChannel server =
            FileChannel.open(
                settings.h2DataFile(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = server.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThatThrownBy(() -> DatabaseCopy.of(settings))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("another process")
          .hasMessageContaining(settings.h2DataFile().toString());
    }

    assertThat(fileOf(settings)).isEqualTo(before);
  }

  private static java.time.Clock clock() {
    return java.time.Clock.fixed(Bed.NOW, java.time.ZoneOffset.UTC);
  }

  /** Every table that a copy takes has a row in it; gives back what they hold. */
  private static Map<String, String> filled(DatabaseSettings settings) {
    try (Bed bed = new Bed(settings)) {
      bed.addTaro();
      bed.run(
          stores -> {
            stores.certificates().prepare(Bed.prepared(1, Bed.TARO, Bed.NOW));
            stores.certificates().markIssued(Bed.serial(1), Der.copyOf(new byte[] {48, 1, 2}));
            stores
                .certificates()
                .revoke(
                    Bed.serial(1),
                    new CertificateStatus.Revoked(Bed.NOW, RevocationReason.SUPERSEDED));
            stores.certificates().prepare(Bed.prepared(2, Bed.TARO, Bed.NOW.plusSeconds(1)));
            stores.applications().add(Bed.application());
            stores.outbox().add(mail("taro01"));
            stores.outbox().add(mail("taro02"));
          });
      return rows(bed.database);
    }
  }

  private static OutgoingMail mail(String userId) {
    return OutgoingMail.to(
        Bed.user(Bed.TARO, "taro01", UserRole.MASTER, Bed.BANK),
        new Notice.Unlocked(new dev.inkan.server.registration.user.UserId(userId)));
  }

  private static byte[] fileOf(DatabaseSettings settings) throws IOException {
    return settings.isH2() ? Files.readAllBytes(settings.h2DataFile()) : new byte[0];
  }

  /** Every row of every table, as text in the order of the rows' own text. */
  private static Map<String, String> rows(Database database) {
    return database.inTransaction(
        handle -> {
          Map<String, String> tables = new TreeMap<>();
          for (String table :
              handle
                  .createQuery(
                      "SELECT UPPER(table_name) FROM information_schema.tables"
                          + " WHERE UPPER(table_schema) = 'PUBLIC'"
                          + " AND UPPER(table_name) NOT IN"
                          + " ('FLYWAY_SCHEMA_HISTORY', 'SCHEDULED_TASKS')")
                  .map((row, context) -> row.getString(1))
                  .list()) {
            tables.put(
                table,
                handle
                    .createQuery("SELECT * FROM " + table)
                    .map((row, context) -> text(row))
                    .list()
                    .stream()
                    .sorted()
                    .collect(Collectors.joining("\n")));
          }
          return tables;
        });
  }

  private static String text(java.sql.ResultSet row) throws SQLException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      String type = row.getMetaData().getColumnTypeName(i);
      Object value = row.getObject(i);
      if (value != null && type.toUpperCase(java.util.Locale.ROOT).startsWith("TIMESTAMP")) {
        value = row.getObject(i, OffsetDateTime.class).toInstant();
      } else if (value instanceof byte[] octets) {
        value = Arrays.toString(octets);
      }
      text.append(row.getMetaData().getColumnName(i).toLowerCase(java.util.Locale.ROOT))
          .append('=')
          .append(value)
          .append(' ');
    }
    return text.toString();
  }
}
