package dev.inkan.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.inkan.core.audit.AuditFinding.Kind;
import dev.inkan.core.authority.AuditCertificates;
import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.authority.CheckpointSigner;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.issue.SubjectAlternativeName;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.TestPki;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trails of ten records with checkpoints at the fourth and the eighth, and what is done to them.
 */
@Tag("D4")
class AuditVerificationTest {

  private static final Instant NOW = TestPki.NOW.plusSeconds(60);
  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final CertifiedKey AUDIT = auditKey(PKI, TestPki.NOW);
  private static final AuditTrust TRUST = trust(AUDIT.credential());

  private static CertifiedKey auditKey(TestPki pki, Instant now) {
    Clock clock = new MutableClock(now);
    return new AuditCertificates(pki.issuingCa(), pki.host(clock), pki.keys()).make("みほん労働金庫");
  }

  private static AuditTrust trust(Credential key) {
    return AuditTrust.of(
        Pem.certificates(List.of(PKI.root().certificate())), Pem.certificates(key.chain()));
  }

  @Test
  void whatWasWrittenIsSound() {
    AuditVerdict verdict = verify(trail());

    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.isSound()).isTrue();
    assertThat(verdict.records()).isEqualTo(10);
    assertThat(verdict.checkpoints()).isEqualTo(2);
    assertThat(verdict.reach().uncovered()).isEqualTo(2);
    assertThat(verdict.coverage())
        .isEqualTo(
            "the checkpoint signed at 2026-11-22T03:01:08.000000Z covers records 1 to 8;"
                + " 2 records after the last checkpoint are not covered");
  }

  @Test
  void anExportThatBeginsLaterSaysWhereItBegan() {
    List<Object> trail = trail();
    AuditRecord fifth = (AuditRecord) trail.get(indexOf(trail, 5));
    List<Object> later = trail.subList(indexOf(trail, 6), trail.size());

    assertThat(play(AuditVerification.after(TRUST, 5, fifth.hash(), 4), later).endedAt(10))
        .satisfies(it -> assertThat(it.isSound()).isTrue())
        .extracting(AuditVerdict::coverage)
        .isEqualTo(
            "the checkpoint signed at 2026-11-22T03:01:08.000000Z covers records 6 to 8;"
                + " 2 records after the last checkpoint are not covered;"
                + " what came before record 6 is not in this export");
    assertThat(AuditVerification.after(TRUST, 5, fifth.hash(), 4).endedAt(5).coverage())
        .isEqualTo(
            "no checkpoint covers any of the 0 records;"
                + " what came before record 6 is not in this export");
  }

  @Test
  void aCheckpointOfTheRecordBeforeTheFirstCoversNoneOfThem() {
    List<Object> trail = trail();
    AuditRecord eighth = (AuditRecord) trail.get(indexOf(trail, 8));
    List<Object> later = trail.subList(indexOf(trail, 8) + 1, trail.size());

    AuditVerdict verdict =
        play(AuditVerification.after(TRUST, 8, eighth.hash(), 4), later).endedAt(10);
    assertThat(verdict.isSound()).isTrue();
    assertThat(verdict.checkpoints()).isEqualTo(1);
    assertThat(verdict.coverage()).startsWith("no checkpoint covers any of the 2 records");
  }

  @Test
  void anEmptyTrailIsSound() {
    AuditVerdict verdict = AuditVerification.with(TRUST).endedAt(0);

    assertThat(verdict.isSound()).isTrue();
    assertThat(verdict.coverage()).isEqualTo("no checkpoint covers any of the 0 records");
  }

  @ParameterizedTest(name = "D4: {0} changed")
  @MethodSource("changes")
  void aChangedFieldIsNamedByItsRecord(String field, UnaryOperator<AuditRecord> change) {
    List<Object> trail = trail();
    trail.set(indexOf(trail, 6), change.apply((AuditRecord) trail.get(indexOf(trail, 6))));

    assertThat(verify(trail).findings())
        .first()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.CHANGED);
              assertThat(finding.number()).isEqualTo(6);
              assertThat(finding.sentence()).startsWith("record 6 was changed");
            });
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("time", it -> with(it, it.at().plusNanos(1000), "K", "n", "A", "s", "d")),
        change("actor kind", it -> with(it, it.at(), "OPERATOR", "n", "A", "s", "d")),
        change("actor name", it -> with(it, it.at(), "K", "somebody", "A", "s", "d")),
        change("action", it -> with(it, it.at(), "K", "n", "LOGGED_OUT", "s", "d")),
        change("subscriber", it -> with(it, it.at(), "K", "n", "A", "else", "d")),
        change("detail", it -> with(it, it.at(), "K", "n", "A", "s", "")),
        Arguments.of(
            "hash",
            (UnaryOperator<AuditRecord>)
                it -> new AuditRecord(it.number(), it.entry(), new ChainHash("f".repeat(64)))),
        Arguments.of(
            "hash, to no hash at all",
            (UnaryOperator<AuditRecord>)
                it -> new AuditRecord(it.number(), it.entry(), new ChainHash("forged"))),
        change(
            "serial number",
            it ->
                new AuditEntry(
                    it.at(),
                    it.actorKind(),
                    it.actorName(),
                    it.action(),
                    it.subscriber(),
                    Optional.of("40"),
                    it.detail())));
  }

  private static Arguments change(String field, UnaryOperator<AuditEntry> change) {
    UnaryOperator<AuditRecord> changed =
        it -> new AuditRecord(it.number(), change.apply(it.entry()), it.hash());
    return Arguments.of(field, changed);
  }

  private static AuditEntry with(
      AuditEntry was, Instant at, String kind, String name, String action, String who, String d) {
    return new AuditEntry(
        at,
        kind.equals("K") ? was.actorKind() : kind,
        name.equals("n") ? was.actorName() : name,
        action.equals("A") ? was.action() : action,
        who.equals("s") ? was.subscriber() : Optional.of(who),
        was.serialNumber(),
        d.equals("d") ? was.detail() : d);
  }

  @Test
  void aRecordChangedTogetherWithItsHashIsNamedByTheNext() {
    List<Object> trail = trail();
    AuditRecord fifth = (AuditRecord) trail.get(indexOf(trail, 5));
    AuditRecord before = (AuditRecord) trail.get(indexOf(trail, 4));
    trail.set(indexOf(trail, 5), record(5, before.hash(), entry("forged")));
    assertThat(fifth.number()).isEqualTo(5);

    assertThat(verify(trail).findings())
        .containsExactly(
            new AuditFinding(
                Kind.CHANGED, 6, "record 6 was changed, or record 5 and its hash were"));
  }

  @ParameterizedTest(name = "D4: record {0} removed")
  @MethodSource("numbers")
  void aRemovedRecordIsNamed(int number) {
    List<Object> trail = trail();
    trail.remove(indexOf(trail, number));

    assertThat(verify(trail).findings())
        .containsExactly(
            new AuditFinding(Kind.MISSING, number, "record " + number + " is missing"));
  }

  static Stream<Integer> numbers() {
    return Stream.of(1, 2, 4, 5, 8, 9, 10);
  }

  @Test
  void severalRemovedRecordsAreNamedTogether() {
    List<Object> trail = trail();
    trail.removeIf(it -> it instanceof AuditRecord read && read.number() > 4 && read.number() < 8);

    assertThat(verify(trail).findings())
        .extracting(AuditFinding::sentence)
        .containsExactly("records 5 to 7 are missing");
  }

  @Test
  void aTailCutOffWithoutItsCheckpointIsTold() {
    List<Object> trail = trail();
    trail.removeIf(it -> it instanceof AuditRecord read && read.number() > 6);

    assertThat(play(trail).endedAt(6).findings())
        .extracting(AuditFinding::sentence)
        .contains("records 7 to 8 are missing");
  }

  @Test
  void insertedRepeatedAndMovedRecordsAreNamed() {
    List<Object> inserted = trail();
    inserted.add(indexOf(inserted, 6), record(5, ChainHash.START, entry("forged")));
    List<Object> repeated = trail();
    repeated.add(repeated.get(indexOf(repeated, 3)));
    List<Object> swapped = trail();
    Collections.swap(swapped, indexOf(swapped, 5), indexOf(swapped, 6));
    List<Object> added = trail();
    AuditRecord last = (AuditRecord) added.get(added.size() - 1);
    added.add(record(11, last.hash(), entry("forged")));

    assertThat(verify(inserted).findings())
        .containsExactly(
            new AuditFinding(
                Kind.OUT_OF_PLACE,
                5,
                "record 5 stands after record 5: it was inserted, repeated or moved"));
    assertThat(verify(repeated).findings())
        .extracting(AuditFinding::kind, AuditFinding::number)
        .containsExactly(org.assertj.core.api.Assertions.tuple(Kind.OUT_OF_PLACE, 3L));
    assertThat(verify(swapped).findings())
        .extracting(AuditFinding::sentence)
        .contains(
            "record 5 is missing",
            "record 5 stands after record 6: it was inserted, repeated or moved");
    assertThat(verify(added).findings())
        .extracting(AuditFinding::sentence)
        .containsExactly("the trail should end at record 10 and goes on: records were added");
  }

  @Test
  void aTailWrittenAnewIsContradictedByTheFirstCheckpointAfterIt() {
    List<Object> trail = trail();
    rewriteFrom(trail, 3);

    assertThat(verify(trail).findings())
        .containsExactly(
            new AuditFinding(
                Kind.CONTRADICTS_CHECKPOINT,
                4,
                "the checkpoint at record 4, signed at 2026-11-22T03:01:04.000000Z, contradicts"
                    + " that record: among records 1 to 4 one was changed, removed or inserted,"
                    + " and the hashes after it were written anew"));

    List<Object> later = trail();
    rewriteFrom(later, 6);
    assertThat(verify(later).findings())
        .extracting(AuditFinding::number)
        .as("the checkpoint that is contradicted")
        .containsExactly(8L);
    assertThat(verify(later).reach().covered()).isEqualTo(4);
  }

  @Test
  void aTailWrittenAnewAfterTheLastCheckpointIsTheOneThingNotFound() {
    List<Object> trail = trail();
    rewriteFrom(trail, 9);

    AuditVerdict verdict = verify(trail);
    assertThat(verdict.isSound()).isTrue();
    assertThat(verdict.reach().uncovered()).isEqualTo(2);
  }

  @Test
  void forgedCheckpointsDoNotCount() {
    CertifiedKey stranger = auditKey(new TestPki(TestPki.NOW), TestPki.NOW);
    Credential server =
        PKI.tlsServerCertificates(Clock.fixed(TestPki.NOW, ZoneOffset.UTC))
            .make("x", List.of(SubjectAlternativeName.dns("ca.example")), KeyAlgorithm.P_256, 30)
            .credential();
    AuditTrust knowsThem =
        AuditTrust.of(
            Pem.certificates(List.of(PKI.root().certificate())),
            Pem.certificates(AUDIT.credential().chain())
                + Pem.certificates(stranger.credential().chain())
                + Pem.certificates(server.chain()));
    List<Object> trail = trail();
    AuditRecord fourth = (AuditRecord) trail.get(indexOf(trail, 4));

    for (Credential forger : List.of(stranger.credential(), server)) {
      AuditCheckpoint forged =
          new CheckpointSigner(forger).sign(4, fourth.hash(), 0, NOW.plusSeconds(4));
      assertThat(knowsThem.objection(forged))
          .contains("no audit key's certificate with its fingerprint leads to the root");
    }
    AuditCheckpoint genuine = (AuditCheckpoint) trail.get(4);
    assertThat(knowsThem.objection(genuine)).isEmpty();
    for (AuditCheckpoint altered :
        List.of(
            copy(genuine, 5, genuine.hash(), genuine.at(), 0, genuine.signature()),
            copy(genuine, 4, ChainHash.START, genuine.at(), 0, genuine.signature()),
            copy(genuine, 4, genuine.hash(), NOW, 0, genuine.signature()),
            copy(genuine, 4, genuine.hash(), genuine.at(), 3, genuine.signature()),
            copy(genuine, 4, genuine.hash(), genuine.at(), 0, ""),
            copy(genuine, 4, genuine.hash(), genuine.at(), 0, "!not Base64!"))) {
      trail.set(4, altered);
      assertThat(verify(trail).findings())
          .extracting(AuditFinding::kind)
          .contains(Kind.CHECKPOINT_NOT_SIGNED);
      assertThat(knowsThem.objection(altered)).contains("its signature is not over these values");
    }
    assertThat(
            knowsThem.objection(
                new CheckpointSigner(AUDIT.credential())
                    .sign(4, fourth.hash(), 0, NOW.plus(Duration.ofDays(4000)))))
        .contains("its signer's certificate was not in force when it was signed");
  }

  private static AuditCheckpoint copy(
      AuditCheckpoint of, long number, ChainHash hash, Instant at, long previous, String signed) {
    return new AuditCheckpoint(number, hash, at, previous, of.signedBy(), signed);
  }

  @Test
  void aRemovedOrMovedCheckpointIsNamed() {
    List<Object> removed = trail();
    removed.removeIf(it -> it instanceof AuditCheckpoint read && read.number() == 4);
    List<Object> moved = trail();
    Object checkpoint = moved.remove(4);
    moved.add(6, checkpoint);

    assertThat(verify(removed).findings())
        .containsExactly(
            new AuditFinding(
                Kind.CHECKPOINT_OUT_OF_PLACE,
                8,
                "the checkpoint at record 8 follows one at record 4, which is not before it: a"
                    + " checkpoint is missing or was inserted"));
    assertThat(verify(moved).findings())
        .extracting(AuditFinding::kind, AuditFinding::number)
        .containsExactly(org.assertj.core.api.Assertions.tuple(Kind.CHECKPOINT_OUT_OF_PLACE, 4L));
  }

  @Test
  void anExportThatBreaksOffIsTold() {
    List<Object> trail = trail();

    assertThat(play(trail.subList(0, 7)).cut().findings())
        .containsExactly(
            new AuditFinding(
                Kind.CUT, 7, "the export breaks off after record 6: its end is missing"));
  }

  @Test
  void countsAllFindingsAndKeepsAHundred() {
    AuditVerification verification = AuditVerification.with(TRUST);
    for (int i = 1; i <= 150; i++) {
      verification =
          verification.accept(new AuditRecord(i, entry("forged"), new ChainHash("" + i)));
    }

    AuditVerdict verdict = verification.endedAt(150);
    assertThat(verdict.findingCount()).isEqualTo(150);
    assertThat(verdict.findings()).hasSize(100);
  }

  @Test
  void absurdNumbersAreOutOfPlace() {
    AuditVerdict verdict =
        AuditVerification.with(TRUST)
            .accept(new AuditRecord(Long.MAX_VALUE, entry("x"), ChainHash.START))
            .accept(new AuditRecord(Long.MIN_VALUE, entry("x"), ChainHash.START))
            .accept(new AuditRecord(0, entry("x"), ChainHash.START))
            .endedAt(0);

    assertThat(verdict.findings()).extracting(AuditFinding::kind).containsOnly(Kind.OUT_OF_PLACE);
    assertThat(verdict.findingCount()).isEqualTo(3);
  }

  @Test
  void whatIsNoRootIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> AuditTrust.of("nothing", ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuditTrust.of("-----BEGIN CERTIFICATE-----\nAAAA\n", ""));
  }

  @Test
  @Tag("S7")
  @DisplayName("S7: the audit key's certificate lasts ten years, or as long as its issuer")
  void auditCertificate() {
    Instant issuersEnd = PKI.issuingCa().validity().notAfter();

    assertThat(AUDIT.entry().kind()).isEqualTo(CertificateKind.AUDIT);
    assertThat(AUDIT.entry().validity().notAfter()).isEqualTo(issuersEnd);
    assertThat(auditKey(PKI, TestPki.NOW.plus(Duration.ofDays(365))).entry().validity().notAfter())
        .isEqualTo(issuersEnd);
  }

  /** Gives the records from {@code number} on other details, and hashes that fit. */
  private static void rewriteFrom(List<Object> trail, long number) {
    ChainHash hash = ChainHash.START;
    for (int i = 0; i < trail.size(); i++) {
      if (trail.get(i) instanceof AuditRecord was) {
        AuditEntry entry = was.number() == number ? entry("forged") : was.entry();
        AuditRecord is = record(was.number(), hash, entry);
        hash = is.hash();
        trail.set(i, is);
      }
    }
  }

  private static List<Object> trail() {
    CheckpointSigner signer = new CheckpointSigner(AUDIT.credential());
    List<Object> trail = new ArrayList<>();
    ChainHash hash = ChainHash.START;
    for (long number = 1; number <= 10; number++) {
      AuditRecord written = record(number, hash, entry("detail " + number));
      hash = written.hash();
      trail.add(written);
      if (number % 4 == 0) {
        trail.add(signer.sign(number, hash, number - 4, NOW.plusSeconds(number)));
      }
    }
    return trail;
  }

  private static AuditRecord record(long number, ChainHash previous, AuditEntry entry) {
    return new AuditRecord(number, entry, AuditChain.next(previous, number, entry));
  }

  private static AuditEntry entry(String detail) {
    return new AuditEntry(
        NOW, "SUBSCRIBER", "taro01", "LOGGED_IN", Optional.of("u1"), Optional.of("4a"), detail);
  }

  private static int indexOf(List<Object> trail, long number) {
    for (int i = 0; i < trail.size(); i++) {
      if (trail.get(i) instanceof AuditRecord read && read.number() == number) {
        return i;
      }
    }
    throw new AssertionError("no record " + number);
  }

  private static AuditVerdict verify(List<Object> trail) {
    return play(trail).endedAt(10);
  }

  private static AuditVerification play(List<Object> trail) {
    return play(AuditVerification.with(TRUST), trail);
  }

  private static AuditVerification play(AuditVerification begun, List<Object> trail) {
    AuditVerification verification = begun;
    for (Object read : trail) {
      verification =
          read instanceof AuditCheckpoint checkpoint
              ? verification.accept(checkpoint)
              : verification.accept((AuditRecord) read);
    }
    return verification;
  }
}
