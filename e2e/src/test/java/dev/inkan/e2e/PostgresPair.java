package dev.inkan.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A primary and its synchronous hot standby, set up by Debian's programs and {@code
 * config/postgresql/inkan.conf} as the manual says, on loopback. Either can be killed; the standby
 * can be promoted.
 */
final class PostgresPair implements AutoCloseable {

  private static final Path SETTINGS = Path.of("../config/postgresql/inkan.conf");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String DATABASE = "inkan";

  private final DebianPostgres programs;
  private final Path folder;
  private final Member primary;
  private final Member standby;

  private PostgresPair(DebianPostgres programs, Path folder) {
    this.programs = programs;
    this.folder = folder;
    this.primary = new Member("one", folder.resolve("one"), ServerProcess.freePort());
    this.standby = new Member("two", folder.resolve("two"), ServerProcess.freePort());
  }

  /** One of the two. */
  record Member(String name, Path data, int port) {

    /** The server's own process, while it runs. */
    ProcessHandle postmaster() {
      try {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Starts both and returns once the primary's commits wait for the standby. */
  static PostgresPair start() {
    DebianPostgres programs = DebianPostgres.newest();
    PostgresPair pair = new PostgresPair(programs, programs.newFolder());
    try {
      pair.begin();
      return pair;
    } catch (RuntimeException | AssertionError e) {
      pair.close();
      throw e;
    }
  }

  private void begin() {
    programs.run(
        "initdb",
        "--pgdata=" + primary.data(),
        "--username=" + DebianPostgres.SUPERUSER,
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync");
    configure(primary, "synchronous_standby_names = '\"" + standby.name() + "\"'");
    // Nobody follows it yet: nothing could be committed.
    start(primary, "-c synchronous_standby_names=");
    execute(primary, "CREATE DATABASE " + DATABASE);
    programs.run(
        "pg_basebackup",
        "--pgdata=" + standby.data(),
        "--host=127.0.0.1",
        "--port=" + primary.port(),
        "--username=" + DebianPostgres.SUPERUSER,
        "--checkpoint=fast",
        "--wal-method=stream",
        "--write-recovery-conf",
        "--no-sync");
    configure(standby, "synchronous_standby_names = ''");
    start(standby, "");
    programs.run("pg_ctl", "--pgdata=" + primary.data(), "--mode=fast", "stop");
    start(primary, "");
    awaitSynchronous();
  }

  private void awaitSynchronous() {
    Awaitility.await("the synchronous standby")
        .atMost(PATIENCE)
        .until(
            () ->
                query(primary, "SELECT sync_state FROM pg_stat_replication")
                    .equals(List.of("sync")));
  }

  private void configure(Member member, String own) {
    try {
      Files.writeString(
          member.data().resolve("postgresql.conf"),
          "\n"
              + Files.readString(SETTINGS)
              + "\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nport = "
              + member.port()
              + "\ncluster_name = '"
              + member.name()
              + "'\n"
              + own
              + "\n",
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(Member member, String options) {
    programs.run(
        "pg_ctl",
        "--pgdata=" + member.data(),
        "--log=" + folder.resolve(member.name() + ".log"),
        "--options=" + options,
        "--wait",
        "start");
  }

  Member primary() {
    return primary;
  }

  Member standby() {
    return standby;
  }

  String user() {
    return DebianPostgres.SUPERUSER;
  }

  /** Where servers find whichever of the two takes writes. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary"
        .formatted(primary.port(), standby.port(), DATABASE);
  }

  /** {@code kill -9} of the server and of everything it started. Returns when they are gone. */
  void kill(Member member) {
    ProcessHandle postmaster = member.postmaster();
    List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
    all.addAll(postmaster.descendants().toList());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(it -> it.onExit().join());
  }

  /** Has the primary acknowledge what no standby has: what an operator may decide. */
  void goOnAlone() {
    execute(primary, "ALTER SYSTEM SET synchronous_standby_names = ''");
    execute(primary, "SELECT pg_reload_conf()");
  }

  /** Starts the standby that was killed, and returns once commits wait for it as before. */
  void startStandbyAgain() {
    start(standby, "");
    execute(primary, "ALTER SYSTEM RESET synchronous_standby_names");
    execute(primary, "SELECT pg_reload_conf()");
    awaitSynchronous();
  }

  /** Returns when the standby takes writes. */
  void promote() {
    programs.run("pg_ctl", "--pgdata=" + standby.data(), "--wait", "promote");
  }

  /** The first column of what {@code sql} finds. */
  List<String> query(Member member, String sql) {
    try (Connection connection = connect(member, DATABASE);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** Runs one statement outside the servers' database. */
  void execute(Member member, String sql) {
    try (Connection connection = connect(member, DebianPostgres.SUPERUSER);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** Runs statements within the servers' database. */
  void executeWithin(Member member, String sql) {
    try (Connection connection = connect(member, DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** The address of one of the two alone. */
  String url(Member member) {
    return "jdbc:postgresql://127.0.0.1:" + member.port() + "/" + DATABASE;
  }

  private Connection connect(Member member, String database) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + member.port() + "/" + database;
    return DriverManager.getConnection(url, DebianPostgres.SUPERUSER, "");
  }

  @Override
  public void close() {
    Stream.of(primary, standby)
        .filter(it -> Files.exists(it.data().resolve("postmaster.pid")))
        .filter(it -> isRunning(it))
        .forEach(this::kill);
    programs.delete(folder);
  }

  /** The file of one that was killed names a process that is gone, or by now another's. */
  private static boolean isRunning(Member member) {
    try {
      String pid = Files.readAllLines(member.data().resolve("postmaster.pid")).get(0).strip();
      return ProcessHandle.of(Long.parseLong(pid))
          .flatMap(it -> it.info().command())
          .filter(it -> it.endsWith("/postgres"))
          .isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
