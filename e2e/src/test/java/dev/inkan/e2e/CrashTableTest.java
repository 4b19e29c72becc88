package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.e2e.CrashSwitch.Manner;
import dev.inkan.e2e.KillEvidence.Received;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of crash points, with a real {@code kill -9} and with the database gone. Each row has a
 * user of its own, who walks to ⑥ with the real server; another process makes the certificate and
 * breaks off; the real server starts again over what is left, and the same browser asks on.
 */
@Tag("A8")
@Tag("S8")
@Tag("S9")
@Execution(ExecutionMode.CONCURRENT)
class CrashTableTest {

  private static final String FAILED = "電子証明書を発行できませんでした";
  private static final int KILLED = 137;

  /** One row of the table. */
  record Row(CrashPoint point, Manner manner, User user) {

    @Override
    public String toString() {
      return point + " " + manner;
    }
  }

  @TempDir private static Path folder;

  private static final List<Row> ROWS = rows();
  private static final Map<Row, Integer> EXITS = new LinkedHashMap<>();
  private static final Map<Row, FlowClient.Answer> ANSWERS = new LinkedHashMap<>();
  private static final Map<Row, FlowClient> CLIENTS = new LinkedHashMap<>();
  private static final List<Received> FILES = new ArrayList<>();
  private static Installation installation;
  private static LedgerCopy crashed;
  private static LedgerCopy recovered;

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (CrashPoint point : CrashPoint.values()) {
      for (Manner manner : Manner.values()) {
        rows.add(new Row(point, manner, User.of("taore%03d".formatted(rows.size()))));
      }
    }
    return List.copyOf(rows);
  }

  @BeforeAll
  static void breakOffEveryIssue() {
    installation =
        Installation.make(
                folder, "authority: {subscriber-key: p-256}\nsource-budget: {attempts: 1000}")
            .users(ROWS.stream().map(row -> row.user().line()).toArray(String[]::new));
    try (ServerProcess server = installation.serve()) {
      ROWS.forEach(row -> CLIENTS.put(row, walkToConfirmation(row.user())));
      server.terminate();
    }
    for (Row row : ROWS) {
      if (row.manner() == Manner.KILL) {
        EXITS.put(row, breakOff(Manner.KILL, List.of(row)));
      }
    }
    List<Row> gone = ROWS.stream().filter(row -> row.manner() == Manner.DATABASE_GONE).toList();
    int exit = breakOff(Manner.DATABASE_GONE, gone);
    gone.forEach(row -> EXITS.put(row, exit));
    crashed = installation.ledger();
    try (ServerProcess server = installation.serve()) {
      CLIENTS.forEach(CrashTableTest::askOn);
      server.kill();
    }
    recovered = installation.ledger();
  }

  @AfterAll
  static void stop() {
    installation.close();
  }

  @ParameterizedTest
  @MethodSource("rows")
  @DisplayName("the crash leaves what it must leave")
  void afterTheCrash(Row row) {
    assertThat(EXITS).containsEntry(row, row.manner() == Manner.KILL ? KILLED : 0);
    Optional<String> state =
        row.point().leavesACertificate()
            ? Optional.of("ISSUED")
            : Optional.of("PREPARED").filter(any -> row.point().leavesAnEntry());
    assertThat(entries(crashed, row).map(LedgerCopy.Row::state).toList())
        .isEqualTo(state.stream().toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  @DisplayName("the next start closes it, and the visitor's browser is told the truth")
  void afterTheRestart(Row row) {
    FlowClient.Answer told = Optional.ofNullable(ANSWERS.get(row)).orElseThrow();
    assertThat(told.path()).isEqualTo("/issue/result");
    assertThat(told.body().contains(FAILED)).isEqualTo(!row.point().leavesACertificate());
    List<LedgerCopy.Row> after = entries(recovered, row).toList();
    for (LedgerCopy.Row before : entries(crashed, row).toList()) {
      LedgerCopy.Row now =
          after.stream()
              .filter(entry -> entry.serial().equals(before.serial()))
              .findAny()
              .orElseThrow();
      assertThat(now.state()).isEqualTo(row.point().leavesACertificate() ? "ISSUED" : "ABANDONED");
      assertThat(now.revoked()).isEqualTo(!row.point().leavesACertificate());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  @DisplayName("in the end the user holds one certificate, and its file")
  void inTheEnd(Row row) {
    List<BigInteger> issued =
        entries(recovered, row)
            .filter(entry -> entry.state().equals("ISSUED"))
            .map(LedgerCopy.Row::serial)
            .toList();
    assertThat(issued).hasSize(1);
    assertThat(FILES)
        .filteredOn(file -> file.userId().equals(row.user().userId()))
        .extracting(file -> file.leaf().getSerialNumber())
        .isEqualTo(issued);
  }

  @Test
  @DisplayName("journal and ledger agree, and no serial number is used twice")
  void journalAndLedgerAgree() {
    assertThat(KillEvidence.contradictions(FILES, recovered, Instant.now())).isEmpty();
    // One for each broken off, one more for each that came to nothing, and the first operator's.
    assertThat(recovered.reserved()).hasSize(2 * ROWS.size() - Manner.values().length + 1);
  }

  private static FlowClient walkToConfirmation(User user) {
    FlowClient client = installation.client();
    int before = installation.mails().codes(user.mail()).size();
    client.authenticate(user.userId(), user.password());
    client.enterCode(installation.mails().awaitCode(user.mail(), before + 1));
    return client;
  }

  private static int breakOff(Manner manner, List<Row> rows) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath()));
    line.add(CrashingIssue.class.getName());
    line.addAll(List.of(installation.config().toString(), manner.name()));
    for (Row row : rows) {
      FlowClient client = Optional.ofNullable(CLIENTS.get(row)).orElseThrow();
      line.addAll(List.of(row.point().name(), client.cookie("__Host-inkan")));
    }
    return Command.run(Map.of(), line).exit();
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static void askOn(Row row, FlowClient client) {
    FlowClient.Answer answer = client.page("/issue/progress");
    ANSWERS.put(row, answer);
    FlowClient reader = client;
    if (answer.body().contains(FAILED)) {
      reader = walkToConfirmation(row.user());
      reader.issue();
      reader.awaitResult();
    }
    FILES.add(Received.open(row.user().userId(), row.user().password(), reader.download()));
  }

  private static Stream<LedgerCopy.Row> entries(LedgerCopy ledger, Row row) {
    return ledger.rows().stream().filter(entry -> entry.userId().equals(row.user().userId()));
  }
}
