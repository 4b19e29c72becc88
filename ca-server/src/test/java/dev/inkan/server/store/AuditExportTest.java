package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkan.core.audit.AuditChain;
import dev.inkan.core.audit.AuditCheckpoint;
import dev.inkan.core.audit.AuditFinding;
import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.audit.AuditVerdict;
import dev.inkan.core.audit.ChainHash;
import dev.inkan.core.authority.AuditCertificates;
import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.authority.CheckpointSigner;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.audit.AuditExport;
import dev.inkan.server.audit.AuditFilter;
import dev.inkan.server.audit.BrokenChainException;
import dev.inkan.server.audit.Checkpoints;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody with SQL at a trail of ten records, signed at the fourth and the eighth. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
@Tag("D4")
final class AuditExportTest {

  private static final TestPki PKI = new TestPki(Bed.NOW.minus(Duration.ofHours(1)));
  private static final String ROOT = Pem.certificates(List.of(PKI.root().certificate()));
  private static final CertifiedKey AUDIT =
      new AuditCertificates(PKI.issuingCa(), PKI.host(new MutableClock(Bed.NOW)), PKI.keys())
          .make("みほん労働金庫");

  private final Bed bed;
  private final JdbiAuditStore store;
  private final Checkpoints checkpoints;

  AuditExportTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    this.store = new JdbiAuditStore(bed.database);
    this.checkpoints = new Checkpoints(store, new CheckpointSigner(AUDIT.credential()), bed.clock);
  }

  @BeforeEach
  void write() {
    bed.run(
        stores -> {
          stores
              .certificates()
              .restore(PKI.ceremony().issuing().entry(), PKI.issuing().certificate());
          stores.certificates().restore(AUDIT.entry(), AUDIT.credential().certificate());
        });
    for (int number = 1; number <= 10; number++) {
      int detail = number;
      bed.run(stores -> stores.audit().append(Bed.event("detail " + detail + " \"印鑑\"\n")));
      bed.clock.advance(Duration.ofMinutes(10));
      if (number % 4 == 0) {
        assertThat(checkpoints.sign()).map(AuditCheckpoint::number).contains((long) number);
      }
    }
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  @DisplayName("D4: what nobody touched is sound, and what no checkpoint covers is told")
  void sound() throws Exception {
    AuditVerdict verdict = verify();

    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.records()).isEqualTo(10);
    assertThat(verdict.checkpoints()).isEqualTo(2);
    assertThat(verdict.coverage()).contains("2 records after the last checkpoint are not covered");
    checkpoints.run();
    assertThat(verify().reach().uncovered()).isZero();
    assertThat(checkpoints.sign()).as("nothing was written since").isEmpty();
  }

  @Test
  @DisplayName("D4: a changed field, removed, inserted, moved row is named by its number")
  void tampered() throws Exception {
    keepCopy();
    for (String change :
        List.of(
            "occurred_at = occurred_at + INTERVAL '1' SECOND",
            "actor_kind = 'OPERATOR'",
            "actor_name = 'hanako01'",
            "action = 'LOGGED_OUT'",
            "action = 'NEVER HEARD OF'",
            "subscriber_id = 'somebody'",
            "subscriber_id = NULL",
            "serial_number = '40'",
            "serial_number = NULL",
            "detail = ''",
            "hash = REPEAT('f', 64)",
            "hash = 'forged'")) {
      finds("record 6 was changed", "UPDATE audit_event SET " + change + " WHERE number = 6");
    }
    for (int number : List.of(1, 5, 8, 10)) {
      finds("record " + number + " is missing", "DELETE FROM audit_event WHERE number = " + number);
    }
    finds(
        "record 5 was changed",
        "DELETE FROM audit_event WHERE number = 5",
        "UPDATE audit_event SET number = 1 - number WHERE number > 5",
        "UPDATE audit_event SET number = -number WHERE number < 0");
    finds(
        "record 5 was changed",
        "UPDATE audit_event SET number = -5 WHERE number = 5",
        "UPDATE audit_event SET number = 5 WHERE number = 6",
        "UPDATE audit_event SET number = 6 WHERE number = -5");
    finds("records were added", INSERT_COPY.formatted(11, 10));
    finds("record 0 stands after record 0", INSERT_COPY.formatted(0, 1));
    finds(
        "records 7 to 8 are missing",
        "DELETE FROM audit_event WHERE number > 6",
        "UPDATE ledger_head SET audit_number = 6");
  }

  private static final String INSERT_COPY =
      "INSERT INTO audit_event (number, hash, occurred_at, actor_kind, actor_name, action,"
          + " subscriber_id, serial_number, detail) SELECT %d, hash, occurred_at, actor_kind,"
          + " actor_name, action, subscriber_id, serial_number, detail FROM audit_event"
          + " WHERE number = %d";

  @Test
  @DisplayName("D4: a tail written anew is contradicted by the first checkpoint after the change")
  void rewritten() throws Exception {
    rewriteFrom(6);

    assertThat(verify().findings())
        .extracting(AuditFinding::kind, AuditFinding::number)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(AuditFinding.Kind.CONTRADICTS_CHECKPOINT, 8L));
    assertThatExceptionOfType(BrokenChainException.class)
        .as("and nobody signs it")
        .isThrownBy(checkpoints::sign)
        .withMessageContaining("audit record 8 is not as it was written");
  }

  @Test
  @DisplayName("D4: checkpoints that are removed or forged are named")
  void forgedCheckpoints() throws Exception {
    keepCopy();
    finds(
        "the checkpoint at record 8 follows one at record 4",
        "DELETE FROM audit_checkpoint WHERE number = 4");
    finds(
        "the checkpoint at record 8 does not count",
        "UPDATE audit_checkpoint SET signature = (SELECT signature FROM audit_checkpoint"
            + " WHERE number = 4) WHERE number = 8");
    finds(
        "the checkpoint at record 4 does not count",
        "UPDATE audit_checkpoint SET signed_by = 'nobody' WHERE number = 4");
    finds(
        "the checkpoint at record 8 does not count",
        "UPDATE audit_checkpoint SET number = 9 WHERE number = 8",
        "UPDATE audit_checkpoint SET number = 8 WHERE number = 9",
        "UPDATE audit_checkpoint SET hash = REPEAT('0', 64) WHERE number = 8");
  }

  @Test
  @DisplayName("D4: nothing is signed after a row that does not follow")
  void notSigned() {
    sql("UPDATE audit_event SET detail = 'forged' WHERE number = 9");

    assertThatExceptionOfType(BrokenChainException.class)
        .isThrownBy(checkpoints::sign)
        .withMessageContaining("audit record 9");
    assertThat(store.checkpointUpTo(Long.MAX_VALUE)).map(AuditCheckpoint::number).contains(8L);
  }

  @Test
  @DisplayName("D4: servers that sign at once add one checkpoint after the other")
  void signedAtOnce() throws Exception {
    Race.of(6, checkpoints::sign);

    assertThat(store.checkpointsAfter(8, 10)).hasSize(1);
    assertThat(verify().isSound()).isTrue();
  }

  @Test
  @DisplayName("D4: thousands of records pass page by page, whole or from one on")
  void pages() throws Exception {
    bed.run(
        stores -> LongStream.range(0, 2500).forEach(i -> stores.audit().append(Bed.event("many"))));
    checkpoints.run();

    assertThat(verify())
        .satisfies(
            verdict -> {
              assertThat(verdict.findings()).isEmpty();
              assertThat(verdict.records()).isEqualTo(2510);
              assertThat(verdict.reach().covered()).isEqualTo(2510);
            });
    assertThat(ExportedTrail.verify(export(1500), ROOT))
        .satisfies(
            verdict -> {
              assertThat(verdict.findings()).isEmpty();
              assertThat(verdict.records()).isEqualTo(1011);
            });
    assertThat(ExportedTrail.verify(export(6), ROOT).findings()).isEmpty();
  }

  @Test
  @DisplayName("D4: an export that was cut is told")
  void cut() throws Exception {
    String whole = new String(export(1), StandardCharsets.UTF_8);
    String cut = whole.substring(0, whole.indexOf("\"number\":9,") - 18);

    assertThat(ExportedTrail.verify(cut.getBytes(StandardCharsets.UTF_8), ROOT).findings())
        .extracting(AuditFinding::sentence)
        .containsExactly("the export breaks off after record 8: its end is missing");
  }

  @Test
  @DisplayName("D4: records are found by actor, action, user, certificate and time")
  void filtered() {
    assertThat(store.after(3, AuditFilter.ALL, 2))
        .extracting(AuditRecord::number)
        .containsExactly(4L, 5L);
    assertThat(store.before(4, AuditFilter.ALL, 2))
        .extracting(AuditRecord::number)
        .containsExactly(3L, 2L);
    AuditFilter everything =
        new AuditFilter(
            Optional.of("taro01"),
            Optional.of("LOGGED_IN"),
            Optional.of(Bed.TARO.value()),
            Optional.of(Bed.serial(1).toString()),
            Optional.of(Bed.NOW),
            Optional.of(Bed.NOW.plusSeconds(1)));
    assertThat(store.after(0, everything, 100)).hasSize(10);
    AuditFilter nobody =
        new AuditFilter(
            Optional.of("hanako01"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(store.after(0, nobody, 100)).isEmpty();
  }

  private void keepCopy() {
    sql("CREATE TABLE kept_event AS SELECT * FROM audit_event");
    sql("CREATE TABLE kept_checkpoint AS SELECT * FROM audit_checkpoint");
    sql("CREATE TABLE kept_head AS SELECT * FROM ledger_head");
  }

  private void finds(String sentence, String... statements) throws Exception {
    for (String statement : statements) {
      sql(statement);
    }
    assertThat(verify().findings())
        .as(String.join("; ", statements))
        .extracting(AuditFinding::sentence)
        .anySatisfy(found -> assertThat(found).contains(sentence));
    for (String table : List.of("event", "checkpoint", "head")) {
      String original = (table.equals("head") ? "ledger_" : "audit_") + table;
      sql("DELETE FROM " + original);
      sql("INSERT INTO " + original + " SELECT * FROM kept_" + table);
    }
    assertThat(verify().isSound()).as("put back").isTrue();
  }

  /** As a forger would who can write to the database and knows how hashes are made. */
  private void rewriteFrom(long number) {
    List<AuditRecord> records = bed.auditRecords();
    ChainHash hash = records.get((int) number - 2).hash();
    for (AuditRecord was : records.subList((int) number - 1, records.size())) {
      if (was.number() == number) {
        sql("UPDATE audit_event SET action = 'LOGGED_OUT' WHERE number = " + number);
      }
      AuditRecord is = bed.auditRecords().get((int) was.number() - 1);
      hash = AuditChain.next(hash, is.number(), is.entry());
      sql("UPDATE audit_event SET hash = '" + hash + "' WHERE number = " + is.number());
    }
    sql("UPDATE ledger_head SET audit_hash = '" + hash + "'");
  }

  private void sql(String statement) {
    bed.database.inTransaction(handle -> handle.execute(statement));
  }

  private AuditVerdict verify() throws Exception {
    return ExportedTrail.verify(export(1), ROOT);
  }

  private byte[] export(long first) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new AuditExport(store, bed.clock).writeTo(out, first);
    return out.toByteArray();
  }
}
