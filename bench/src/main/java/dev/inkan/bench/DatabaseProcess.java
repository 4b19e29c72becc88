package dev.inkan.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.inkan.core.authority.CrlAuthority;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.policy.CrlPolicy;
import dev.inkan.core.store.Journal;
import dev.inkan.server.status.CrlSigning;
import dev.inkan.server.status.LedgerHistory;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.JdbiCrlStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes a database with many revoked certificates, of the engine that is its first argument, in the
 * folder that is its second, as many as its third says, and signs CRLs out of it. Prints CPU
 * seconds: all, and those of PostgreSQL.
 */
public final class DatabaseProcess {

  static final String READ = "READ";
  static final String CRL = "CRL";

  private static final int ROUNDS = 3;
  private static final int AT_ONCE = 20_000;
  private static final int FETCHED_AT_ONCE = 1000;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final DatabaseSettings settings;
  private final Optional<ProcessHandle> postgresql;
  private final Path folder;

  private DatabaseProcess(
      DatabaseSettings settings, Optional<ProcessHandle> postgresql, Path folder) {
    this.settings = settings;
    this.postgresql = postgresql;
    this.folder = folder;
  }

  /** Runs to the end. */
  public static void main(String[] arguments) throws SQLException, IOException {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    int rows = Integer.parseInt(arguments[2]);
    if (arguments[0].equals("h2")) {
      DatabaseSettings settings = DatabaseSettings.h2(folder.resolve("inkan"), 4);
      new DatabaseProcess(settings, Optional.empty(), folder).run(rows, "SYSTEM_RANGE");
      return;
    }
    Path data = folder.resolve("data");
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setServerConfig("listen_addresses", "127.0.0.1")
            .start()) {
      String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
      DatabaseSettings settings = new DatabaseSettings(url, "postgres", "postgres", 4);
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
      new DatabaseProcess(settings, ProcessHandle.of(pid), folder).run(rows, "generate_series");
    }
  }

  private void run(int rows, String series) throws SQLException {
    Database.openAndMigrate(settings).close();
    fill(rows, series);
    read();
    sign();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }

  /** Rows as issue and revocation leave them, with certificates of a usual size. */
  private void fill(int rows, String series) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (int from = 1; from <= rows; from += AT_ONCE) {
        statement.execute(
            """
            INSERT INTO certificate (serial_number, kind, subscriber_id, not_before, not_after,
              state, prepared_at, prepared_by, der, fingerprint, revoked_at, revocation_reason,
              change_number)
            SELECT CONCAT('4', LPAD(CAST(x AS VARCHAR(9)), 31, '0')), 'SUBSCRIBER',
              CONCAT('subscriber-', x), CURRENT_TIMESTAMP,
              CURRENT_TIMESTAMP + INTERVAL '300' DAY, 'ISSUED', CURRENT_TIMESTAMP, 'bench',
              CAST(REPEAT('d', 900) AS BYTEA), LPAD(CAST(x AS VARCHAR(9)), 64, '0'),
              CURRENT_TIMESTAMP, 1, x
            FROM %s(%d, %d) AS numbers(x)
            """
                .formatted(series, from, Math.min(rows, from + AT_ONCE - 1)));
      }
      statement.execute("UPDATE ledger_head SET change_number = " + rows);
    }
  }

  private void read() throws SQLException {
    for (int round = 0; round <= ROUNDS; round++) {
      double[] before = seconds();
      long sum = 0;
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        if (postgresql.isEmpty()) {
          statement.execute("SET OPTIMIZE_REUSE_RESULTS 0");
          statement.execute("SET LAZY_QUERY_EXECUTION 1");
        }
        connection.setAutoCommit(false); // PostgreSQL's driver would read all rows at once
        statement.setFetchSize(FETCHED_AT_ONCE);
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT serial_number, revoked_at, revocation_reason FROM certificate"
                    + " WHERE revoked_at IS NOT NULL")) {
          while (rows.next()) {
            sum += rows.getString(1).length() + rows.getInt(3);
          }
        }
      }
      print(round, READ, before, sum);
    }
  }

  private void sign() {
    BenchPki pki = new BenchPki();
    CaName name = new CaName("issuing");
    try (Database database = Database.openMigrated(settings)) {
      CrlAuthority authority =
          new CrlAuthority(
              name,
              pki.issuing(),
              pki.uris(),
              new NoJournal(),
              Clock.systemUTC(),
              ClockPolicy.BANK,
              pki.providers());
      CrlSigning signing =
          new CrlSigning(
              authority,
              new JdbiCrlStore(database, new NodeName("bench")),
              new LedgerHistory(),
              CrlPolicy.bank(Duration.ofHours(6), Duration.ofDays(3)),
              false,
              folder.resolve("crl"));
      for (int round = 0; round <= ROUNDS; round++) {
        double[] before = seconds();
        CrlNumber number = signing.signNow().orElseThrow();
        print(round, CRL, before, number.value());
      }
    }
  }

  /** All CPU time so far, and PostgreSQL's. */
  private double[] seconds() {
    double outside = postgresql.map(ProcessCpu::seconds).orElse(0.0);
    return new double[] {PROCESS.getProcessCpuTime() / 1e9 + outside, outside};
  }

  /** The first round is for warming up. */
  private void print(int round, String what, double[] before, long result) {
    if (round > 0) {
      double[] after = seconds();
      System.out.println(
          what + " " + (after[0] - before[0]) + " " + (after[1] - before[1]) + " " + result);
    }
  }

  /** One synchronous write per CRL is nothing beside the rest. */
  private static final class NoJournal implements Journal {

    @Override
    public void serialReserved(SerialNumber serialNumber, Instant at) {}

    @Override
    public void issued(
        SerialNumber serialNumber, SubscriberId subscriber, Der certificate, Instant at) {}

    @Override
    public void revoked(SerialNumber serialNumber, CertificateStatus.Revoked revocation) {}

    @Override
    public void released(SerialNumber serialNumber, Instant at) {}

    @Override
    public void crlNumber(CaName ca, CrlNumber number, Instant at) {}
  }
}
