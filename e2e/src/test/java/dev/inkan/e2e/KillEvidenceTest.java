package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.Der;
import dev.inkan.e2e.KillEvidence.Received;
import dev.inkan.e2e.LedgerCopy.Issued;
import dev.inkan.e2e.LedgerCopy.Row;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of loss is found. */
@Tag("S8")
class KillEvidenceTest {

  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofDays(366));

  /** The columns of the server's schema that the harness reads. */
  private static final String SCHEMA =
      """
      CREATE TABLE app_user (id VARCHAR(64) PRIMARY KEY, user_id VARCHAR(12));
      CREATE TABLE certificate (
        serial_number VARCHAR(40) PRIMARY KEY, ordinal BIGINT GENERATED ALWAYS AS IDENTITY,
        kind VARCHAR(16), subscriber_id VARCHAR(64), state VARCHAR(9),
        not_after TIMESTAMP(6) WITH TIME ZONE, revoked_at TIMESTAMP(6) WITH TIME ZONE, der BYTEA);
      INSERT INTO app_user VALUES ('s-1', 'taro01');
      """;

  @TempDir Path folder;

  private final ThrowawayPki pki = new ThrowawayPki("Test Root");
  private Received file;
  private Der der;
  private Row row;
  private Issued entry;

  @BeforeEach
  void issue() throws Exception {
    Path pkcs12 = pki.subscriber(folder.resolve("taro01.p12"), "taro01");
    file =
        Received.open(
            "taro01",
            ThrowawayPki.PASSWORD,
            new FlowClient.IssuedFile(
                "taro0120261122090000.p12", Der.copyOf(Files.readAllBytes(pkcs12))));
    X509Certificate leaf = file.leaf();
    der = Der.copyOf(leaf.getEncoded());
    row = new Row(leaf.getSerialNumber(), "taro01", "ISSUED", END, false, Optional.of(der));
    entry = new Issued(leaf.getSerialNumber(), der);
  }

  @Test
  void whatIsEverywhereIsNoContradiction() {
    assertThat(found(List.of(row), List.of(entry))).isEmpty();
  }

  @Test
  void aFileMissingFromTheLedgerIsFound() {
    assertThat(found(List.of(), List.of(entry))).singleElement().asString().contains("ledger");
    assertThat(found(List.of(row("PREPARED", Optional.empty())), List.of(entry)))
        .singleElement()
        .asString()
        .contains("ledger");
    byte[] other = der.toByteArray();
    other[50] ^= 1;
    assertThat(found(List.of(row("ISSUED", Optional.of(Der.copyOf(other)))), List.of(entry)))
        .anyMatch(text -> text.contains("not in the ledger"))
        .anyMatch(text -> text.contains("not in the journal"));
  }

  @Test
  void aFileMissingFromTheJournalIsFound() {
    assertThat(found(List.of(row), List.of())).hasSize(2).allMatch(t -> t.contains("journal"));
  }

  @Test
  void aSerialSignedTwiceIsFound() {
    var again = new Issued(row.serial(), Der.copyOf(new byte[] {1}));
    assertThat(found(List.of(row), List.of(entry, again)))
        .singleElement()
        .asString()
        .contains("signed twice");
  }

  @Test
  void twoCertificatesOfOneUserAreFoundUnlessOneIsRevokedOrRenewable() {
    var second =
        new Row(row.serial().shiftLeft(1), "taro01", "ISSUED", END, false, Optional.of(der));
    var revoked = new Row(second.serial(), "taro01", "ISSUED", END, true, Optional.of(der));
    var renewable =
        new Row(
            second.serial(),
            "taro01",
            "ISSUED",
            NOW.plus(Duration.ofDays(29)),
            false,
            Optional.of(der));
    var journal = List.of(entry, new Issued(second.serial(), der));
    assertThat(found(List.of(row, second), journal)).singleElement().asString().contains("A8");
    assertThat(found(List.of(row, revoked), journal)).isEmpty();
    assertThat(found(List.of(row, renewable), journal)).isEmpty();
  }

  @Test
  @Tag("S9")
  void aSerialReservedTwiceOrNeverIsFound() {
    var serials = List.of(row.serial(), row.serial());
    assertThat(found(List.of(row), List.of(entry), serials, List.of()))
        .singleElement()
        .asString()
        .contains("was reserved 2");
    assertThat(found(List.of(row), List.of(entry), List.of(), List.of()))
        .singleElement()
        .asString()
        .contains("never reserved");
  }

  @Test
  void aBurntCertificateThatTheJournalTakesForGoodIsFound() {
    var burnt =
        new Row(row.serial().shiftLeft(1), "taro01", "ABANDONED", END, true, Optional.of(der));
    var journal = List.of(entry, new Issued(burnt.serial(), der));
    var reserved = List.of(row.serial(), burnt.serial());
    assertThat(found(List.of(row, burnt), journal, reserved, List.of()))
        .singleElement()
        .asString()
        .contains("not in the journal");
    assertThat(found(List.of(row, burnt), journal, reserved, List.of(burnt.serial()))).isEmpty();
  }

  @Test
  void readsTheFilesThatADeadServerLeft() throws Exception {
    Path database = folder.resolve("inkan");
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + database, "sa", "secret");
        Statement statement = connection.createStatement()) {
      statement.execute(SCHEMA);
      insert(connection);
    }
    String issued = "2 2026-11-22T00:00:00Z issued %s s-1 %s 0badcafe\n";
    String hex = row.serial().toString(16);
    Path journal = folder.resolve("journal");
    Files.writeString(
        journal,
        "inkan-journal 1 node-1 00 0badcafe\n1 2026-11-22T00:00:00Z serial-reserved "
            + hex
            + " 0badcafe\n"
            + issued.formatted(hex, Base64.getEncoder().encodeToString(der.toByteArray()))
            + "3 2026-11-22T00:00:00Z issued 0b s-1 AAAA");
    LedgerCopy copy = LedgerCopy.read(folder.resolve("inkan.mv.db"), "sa", "secret", journal);
    assertThat(copy.rows()).hasSize(1);
    assertThat(copy.journal()).hasSize(1);
    assertThat(KillEvidence.contradictions(List.of(file), copy, NOW)).isEmpty();
  }

  private void insert(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO certificate (serial_number, kind, subscriber_id, state, not_after, der)"
                + " VALUES (?, 'SUBSCRIBER', 's-1', 'ISSUED', ?, ?)")) {
      insert.setString(1, row.serial().toString(16));
      insert.setObject(2, END.atOffset(ZoneOffset.UTC));
      insert.setBytes(3, der.toByteArray());
      insert.executeUpdate();
    }
  }

  private Row row(String state, Optional<Der> octets) {
    return new Row(row.serial(), "taro01", state, END, false, octets);
  }

  private List<String> found(List<Row> rows, List<Issued> journal) {
    List<BigInteger> revoked = rows.stream().filter(Row::revoked).map(Row::serial).toList();
    return found(rows, journal, rows.stream().map(Row::serial).toList(), revoked);
  }

  private List<String> found(
      List<Row> rows, List<Issued> journal, List<BigInteger> reserved, List<BigInteger> revoked) {
    return KillEvidence.contradictions(
        List.of(file), new LedgerCopy(rows, journal, reserved, revoked), NOW);
  }
}
