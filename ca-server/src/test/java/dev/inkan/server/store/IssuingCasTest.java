package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.authority.Retirement;
import dev.inkan.server.authority.Rollover;
import dev.inkan.server.authority.RolloverException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One issuing CA after the other, in the database and in the journal. */
@ParameterizedClass
@EnumSource
final class IssuingCasTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final Instant NOW = TestPki.NOW.plus(Duration.ofHours(1));
  private static final CaName SECOND = new CaName("issuing-2");
  private static final ClockPolicy ANY_CLOCK = new ClockPolicy(Duration.ofDays(36_500));

  private final Bed bed;
  private final Path directory;
  private final MutableClock clock = new MutableClock(NOW);
  private final Host host = new Host(clock, PKI.random(), Bed.NODE);
  private final MemoryIssuerKeys keys = new MemoryIssuerKeys(PKI.root().certificate(), PKI.keys());
  private FileJournal journal;
  private Rollover rollover;

  IssuingCasTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    this.directory = directory;
  }

  @BeforeEach
  void open() {
    bed.addTaro();
    journal = journal("journal");
    adopt(bed, journal);
    rollover = rollover(bed, journal, keys);
  }

  private FileJournal journal(String name) {
    return FileJournal.open(
        directory.resolve(name), Bed.NODE, Fingerprint.of(PKI.issuing().certificate()));
  }

  private List<String> adopt(Bed where, FileJournal with) {
    return new IssuingCaReconciliation(where.transactions.authority(), with, host)
        .reconcile(PKI.issuing().certificate());
  }

  private Rollover rollover(Bed where, FileJournal with, MemoryIssuerKeys in) {
    return new Rollover(
        where.transactions.authority(),
        in,
        with::issuingCa,
        host,
        PKI.providers(),
        new Rollover.Setting(
            TestPki.ORGANISATION, TestPki.PUBLICATION.root(), Duration.ofDays(366), ANY_CLOCK));
  }

  @AfterEach
  void close() {
    journal.close();
    bed.close();
  }

  private Generation active() {
    return rollover.look().active(clock.instant());
  }

  @Test
  @DisplayName("key, certificate, beginning: at each step the database says who signs what")
  void stepByStep() {
    assertThat(active().name()).isEqualTo(CaName.ISSUING);
    assertThat(active().certificate()).contains(PKI.issuing().certificate());

    Rollover.Requested requested = rollover.request();
    assertThat(requested.generation().name()).isEqualTo(SECOND);
    assertThat(rollover.look().underWay().orElseThrow().isAwaited()).isTrue();
    assertThat(rollover.look().signing(NOW)).hasSize(1);
    Rollover.Requested again = rollover.request();
    assertThat(again.keyHash()).as("the same key's").isEqualTo(requested.keyHash());

    Der certificate = rollover.certify(PKI.root());
    Generation prepared = rollover.look().underWay().orElseThrow();
    assertThat(prepared.isPrepared()).isTrue();
    assertThat(prepared.certificate()).contains(certificate);
    assertThat(keys.open(prepared).certificate()).isEqualTo(certificate);
    assertThat(keys.awaited()).isEmpty();
    assertThat(rollover.look().signing(NOW))
        .extracting(Generation::name)
        .containsExactly(CaName.ISSUING, SECOND);

    addCrl();
    Instant later = NOW.plus(Duration.ofDays(30));
    rollover.activate(later, false);
    assertThat(active().name()).isEqualTo(CaName.ISSUING);
    assertThat(rollover.look().active(later).name()).isEqualTo(SECOND);
    assertThat(rollover.look().signing(later))
        .extracting(Generation::name)
        .containsExactly(SECOND, CaName.ISSUING);
    assertThat(bed.auditRecords())
        .extracting(it -> it.entry().action(), it -> it.entry().subscriber())
        .containsExactly(
            tuple("AUTHORITY_REQUESTED", Optional.of("issuing-2")),
            tuple("AUTHORITY_CERTIFIED", Optional.of("issuing-2")),
            tuple("AUTHORITY_ACTIVATED", Optional.of("issuing-2")));
    bed.requireChained();
    assertThat(
            bed.count(
                "SELECT COUNT(*) FROM certificate WHERE kind = 'ISSUING_CA' AND issuer = 'root'"))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("every step out of its order is refused with what to do instead")
  void outOfOrder() {
    refused("no certificate is awaited", () -> rollover.takeIn(PKI.issuing().certificate()));
    refused("issues already", () -> rollover.activate(NOW, false));
    rollover.request();
    refused("is still to come", () -> rollover.activate(NOW, true));
    refused(
        "its key is not the one in the request",
        () -> rollover.takeIn(PKI.issuing().certificate()));
    rollover.certify(PKI.root());
    refused("does not issue yet", rollover::request);
    refused("does not issue yet", () -> rollover.certify(PKI.root()));
    refused("no CRL of issuing-2", () -> rollover.activate(NOW, false));
    addCrl();
    refused("cannot issue before", () -> rollover.activate(NOW.minusSeconds(1), false));
  }

  @Test
  @DisplayName("servers that run since before it was certified are named, and it does not begin")
  void oldServers() {
    life(AuditAction.SERVER_STARTED, "node-2");
    life(AuditAction.SERVER_STARTED, "node-3");
    life(AuditAction.SERVER_STOPPED, "node-3");
    clock.advance(Duration.ofMinutes(1));
    rollover.certify(PKI.root());
    addCrl();
    refused(
        "refuse what it issues: node-2. Start them",
        () -> rollover.activate(clock.instant(), false));
    clock.advance(Duration.ofMinutes(1));
    life(AuditAction.SERVER_STARTED, "node-2");
    rollover.activate(clock.instant(), false);
    assertThat(active().name()).isEqualTo(SECOND);
  }

  @Test
  @DisplayName("a wrong clock stops every step")
  void wrongClock() {
    Rollover strict =
        new Rollover(
            bed.transactions.authority(),
            keys,
            journal::issuingCa,
            host,
            PKI.providers(),
            new Rollover.Setting(
                TestPki.ORGANISATION,
                TestPki.PUBLICATION.root(),
                Duration.ofDays(366),
                new ClockPolicy(Duration.ofSeconds(60))));
    clock.advance(Duration.ofDays(3650));
    refused("put that right", strict::request);
    refused("put that right", () -> strict.activate(clock.instant(), true));
    assertThat(strict.look().all()).hasSize(1);
  }

  @Test
  @DisplayName("two servers at once: one of them makes the next CA")
  void twoAtOnce() {
    MemoryIssuerKeys others = new MemoryIssuerKeys(PKI.root().certificate(), PKI.keys());
    others.whenMade(() -> rollover.request());
    try (Bed other = new Bed(bed.settings)) {
      refused("another server makes issuing-2", rollover(other, journal, others)::request);
    }
    assertThat(others.awaited()).isEmpty();
    assertThat(rollover.look().all()).hasSize(2);
  }

  @Test
  @Tag("S9")
  @DisplayName("a broken step can be done again: after the key was written, after the ledger knew")
  void again() {
    rollover.request();
    keys.failAfterWriting();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> rollover.certify(PKI.root()));
    assertThat(rollover.look().underWay().orElseThrow().isAwaited()).isTrue();
    Generation done = rollover.takeIn(keys.written());
    assertThat(done.name()).isEqualTo(SECOND);
    assertThat(rollover.look().underWay().orElseThrow().isPrepared()).isTrue();
  }

  @Test
  @DisplayName("the old one signs until its last certificate has ended, its responder's aside")
  void retires() {
    Instant lastEnd = NOW.plus(Duration.ofDays(366));
    issue(1, CertificateKind.SUBSCRIBER, CaName.ISSUING, lastEnd);
    issue(2, CertificateKind.OCSP_RESPONDER, CaName.ISSUING, lastEnd.plus(Duration.ofDays(29)));
    rollover.certify(PKI.root());
    addCrl();
    rollover.activate(NOW, false);
    Retirement retirement = new Retirement(bed.transactions.authority(), host, ANY_CLOCK);

    clock.advance(Duration.ofDays(366));
    assertThat(retirement.retireEnded()).isEmpty();
    clock.advance(Duration.ofDays(8));
    Retirement strict =
        new Retirement(bed.transactions.authority(), host, new ClockPolicy(Duration.ofSeconds(60)));
    assertThat(strict.retireEnded()).as("under a wrong clock").isEmpty();
    assertThat(retirement.retireEnded())
        .singleElement()
        .asString()
        .startsWith("issuing CA issuing signs nothing any more");
    assertThat(rollover.look().signing(clock.instant()))
        .extracting(Generation::name)
        .containsExactly(SECOND);
    assertThat(retirement.retireEnded()).isEmpty();
    assertThat(bed.auditRecords())
        .extracting(it -> it.entry().action())
        .endsWith("AUTHORITY_RETIRED");
  }

  @Test
  @DisplayName("a third one follows, and the second is then a former one")
  void third() {
    for (int number = 2; number <= 3; number++) {
      rollover.certify(PKI.root());
      addCrl(Generation.nameOf(number));
      rollover.activate(clock.instant(), false);
    }
    Generations all = rollover.look();
    assertThat(all.signing(NOW))
        .extracting(it -> it.name().value())
        .containsExactly("issuing-3", "issuing-2", "issuing");
    assertThat(all.former(NOW)).extracting(Generation::number).containsExactly(1, 2);
  }

  @Test
  @Tag("S9")
  @DisplayName("S9: a database from before the rollover gets the CA back from the journal")
  void restoredDatabase(@TempDir Path elsewhere) {
    Der certificate = rollover.certify(PKI.root());
    addCrl();
    rollover.activate(NOW, false);
    try (Bed restored = new Bed(Engine.H2, elsewhere)) {
      assertThat(adopt(restored, journal))
          .containsExactly("issuing CA issuing-2 was in the journal only: put back");

      Generations all = rollover(restored, journal, keys).look();
      assertThat(all.active(NOW).name()).isEqualTo(SECOND);
      assertThat(all.active(NOW).certificate()).contains(certificate);
      assertThat(
              restored.count("SELECT COUNT(*) FROM certificate WHERE subscriber_id = 'issuing-2'"))
          .isEqualTo(1);
      assertThat(adopt(restored, journal)).as("once").isEmpty();
    }
  }

  @Test
  @Tag("S9")
  @DisplayName("S9: another node's journal learns of the CA; two of one name stop the start")
  void otherJournals(@TempDir Path elsewhere) {
    Der certificate = rollover.certify(PKI.root());
    try (FileJournal other = journal("other")) {
      assertThat(other.issuingCas()).isEmpty();
      assertThat(adopt(bed, other)).isEmpty();
      assertThat(other.issuingCas().get(SECOND))
          .isEqualTo(new JournalRecord.IssuingCaKnown(SECOND, Optional.empty(), certificate, NOW));
      addCrl();
      rollover.activate(NOW, false);
      adopt(bed, other);
      assertThat(other.issuingCas()).hasSize(1);
      assertThat(other.issuingCas().values())
          .extracting(JournalRecord.IssuingCaKnown::issuesFrom)
          .containsExactly(Optional.of(NOW));
    }
    try (Bed again = new Bed(Engine.H2, elsewhere);
        FileJournal fresh = journal("fresh")) {
      adopt(again, fresh);
      rollover(again, fresh, new MemoryIssuerKeys(PKI.root().certificate(), PKI.keys()))
          .certify(PKI.root());
      assertThatExceptionOfType(LedgerContradictionException.class)
          .isThrownBy(() -> adopt(again, journal))
          .withMessageContaining("two issuing CAs are called issuing-2");
    }
  }

  @Test
  @DisplayName("nothing is issued by a CA that the installation does not have")
  void unknownIssuer() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> issue(1, CertificateKind.SUBSCRIBER, SECOND, NOW.plusSeconds(60)))
        .hasMessageContaining("database");
  }

  private void refused(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable step) {
    assertThatExceptionOfType(RolloverException.class)
        .isThrownBy(step)
        .withMessageContaining(message);
  }

  private void addCrl() {
    addCrl(SECOND);
  }

  private void addCrl(CaName ca) {
    CrlNumber number = CrlNumber.first(NOW);
    new JdbiCrlStore(bed.database, Bed.NODE).raise(ca, number);
    int unused =
        bed.database.inTransaction(
            handle ->
                handle.execute(
                    "INSERT INTO crl (ca, number, scheduled, signed_at, this_update, next_update,"
                        + " change_number, ended_before, ended_change) SELECT ca, last_number,"
                        + " TRUE, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0,"
                        + " CURRENT_TIMESTAMP, 0 FROM crl_head WHERE ca = '"
                        + ca
                        + "'"));
  }

  private void life(AuditAction action, String node) {
    bed.run(
        stores ->
            stores
                .audit()
                .append(
                    new AuditEvent(
                        clock.instant(),
                        new Actor(Actor.Kind.SYSTEM, node),
                        action,
                        Optional.empty(),
                        Optional.empty(),
                        "")));
  }

  private void issue(long serial, CertificateKind kind, CaName issuer, Instant end) {
    CertificateRecord entry =
        CertificateRecord.prepared(
                Bed.serial(serial),
                kind,
                issuer,
                Bed.TARO,
                new Validity(NOW, end),
                NOW,
                new NodeName("node-9"))
            .issued();
    bed.run(
        stores ->
            stores
                .certificates()
                .restore(entry, Der.copyOf(Bed.serial(serial).value().toByteArray())));
  }
}
