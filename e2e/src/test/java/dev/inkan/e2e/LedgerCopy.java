package dev.inkan.e2e;

import dev.inkan.core.certificate.Der;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a dead server's H2 file and journal hold. The database is opened as a copy, so that the
 * server's own recovery stays the server's own.
 *
 * @param rows the ledger's subscriber certificates
 * @param journal the journal's {@code issued} records
 * @param reserved the journal's {@code serial-reserved} records
 * @param revoked the journal's {@code revoked} records
 */
record LedgerCopy(
    List<Row> rows, List<Issued> journal, List<BigInteger> reserved, List<BigInteger> revoked) {

  private static final String QUERY =
      """
      SELECT c.serial_number, u.user_id, c.state, c.not_after, c.revoked_at, c.der
      FROM certificate c JOIN app_user u ON u.id = c.subscriber_id
      WHERE c.kind = 'SUBSCRIBER' ORDER BY c.ordinal
      """;

  private static final int JOURNAL_TYPE = 2;
  private static final int JOURNAL_SERIAL = 3;
  private static final int JOURNAL_DER = 5;
  private static final int JOURNAL_CRL = 3;
  private static final int JOURNAL_CA = 4;

  /** One certificate of the ledger; no octets before it is issued. */
  record Row(
      BigInteger serial,
      String userId,
      String state,
      Instant notAfter,
      boolean revoked,
      Optional<Der> der) {}

  /** One {@code issued} record of the journal. */
  record Issued(BigInteger serial, Der der) {}

  /**
   * Reads both.
   *
   * @param database the file that ends in {@code .mv.db}
   */
  static LedgerCopy read(Path database, String user, String password, Path journal) {
    try {
      Path folder = Files.createTempDirectory("inkan-e2e-ledger-");
      Path copy = folder.resolve("copy.mv.db");
      try {
        Files.copy(database, copy);
        return new LedgerCopy(
            rows("jdbc:h2:file:" + folder.resolve("copy"), user, password),
            issued(journal),
            serials(journal, "serial-reserved"),
            serials(journal, "revoked"));
      } finally {
        deleteAll(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a ledger that runs, and the journals of all servers over it.
   *
   * @param url of a PostgreSQL database
   */
  static LedgerCopy readRunning(String url, String user, List<Path> journals) {
    List<Issued> issued = new ArrayList<>();
    List<BigInteger> reserved = new ArrayList<>();
    List<BigInteger> revoked = new ArrayList<>();
    try {
      List<Row> rows = rows(url, user, "");
      for (Path journal : journals) {
        issued.addAll(issued(journal));
        reserved.addAll(serials(journal, "serial-reserved"));
        revoked.addAll(serials(journal, "revoked"));
      }
      return new LedgerCopy(rows, issued, reserved, revoked);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of a CA's CRLs that a journal has, as they were taken. */
  static List<String> crlNumbers(Path journal, String ca) {
    try {
      return records(journal, "crl-number")
          .filter(fields -> fields[JOURNAL_CA].equals(ca))
          .map(fields -> fields[JOURNAL_CRL])
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static List<Row> rows(String url, String user, String password) {
    List<Row> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(QUERY)) {
      while (found.next()) {
        rows.add(row(found));
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError("the ledger cannot be read after the kill", e);
    }
  }

  private static Row row(ResultSet found) throws SQLException {
    return new Row(
        new BigInteger(found.getString("serial_number"), 16),
        found.getString("user_id"),
        found.getString("state"),
        found.getObject("not_after", OffsetDateTime.class).toInstant(),
        found.getObject("revoked_at") != null,
        Optional.ofNullable(found.getBytes("der")).map(Der::copyOf));
  }

  private static List<Issued> issued(Path journal) throws IOException {
    return records(journal, "issued")
        .filter(fields -> fields.length > JOURNAL_DER)
        .map(
            fields ->
                new Issued(
                    new BigInteger(fields[JOURNAL_SERIAL], 16),
                    Der.copyOf(Base64.getDecoder().decode(fields[JOURNAL_DER]))))
        .toList();
  }

  private static List<BigInteger> serials(Path journal, String type) throws IOException {
    return records(journal, type)
        .map(fields -> new BigInteger(fields[JOURNAL_SERIAL], 16))
        .toList();
  }

  /** A last line without its line feed is torn by the kill, and counts for nothing. */
  private static Stream<String[]> records(Path journal, String type) throws IOException {
    String text = Files.readString(journal);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    return whole
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > JOURNAL_SERIAL && fields[JOURNAL_TYPE].equals(type));
  }
}
