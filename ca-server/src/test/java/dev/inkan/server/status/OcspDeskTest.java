package dev.inkan.server.status;

import static dev.inkan.server.status.DeskFixture.GOOD;
import static dev.inkan.server.status.DeskFixture.ISSUER;
import static dev.inkan.server.status.DeskFixture.PERIOD;
import static dev.inkan.server.status.DeskFixture.UNKNOWN;
import static dev.inkan.server.status.DeskFixture.revoked;
import static dev.inkan.server.status.DeskFixture.serial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.ocsp.SingleAnswer;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.core.testing.TestPki;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("E1")
class OcspDeskTest {

  private static final int TRY_LATER = 3;
  private static final SerialNumber ONE = serial(1);

  private final DeskFixture bed = new DeskFixture();

  @Test
  @Tag("S10")
  @DisplayName("S10: 1,000 entries in random states are answered as the ledger says, never good")
  void model() {
    Random random = new Random(7);
    Map<SerialNumber, CertificateStatus> ledger = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      SerialNumber serial = SerialNumber.random(new SecureRandom());
      LedgerState state = List.of(LedgerState.values()).get(random.nextInt(3));
      RevocationReason reason = List.of(RevocationReason.values()).get(random.nextInt(10));
      boolean revoked = random.nextBoolean() || state == LedgerState.ABANDONED;
      boolean signed = random.nextBoolean() || state == LedgerState.ISSUED;
      Optional<CertificateStatus.Revoked> revocation =
          revoked && state != LedgerState.PREPARED
              ? Optional.of(revoked(reason))
              : Optional.empty();
      StatusChange change = StatusChange.of(CaName.ISSUING, serial, state, signed, revocation);
      bed.feed.commit(serial, change.status());
      ledger.put(serial, expected(state, signed, revocation));
    }
    bed.follower.follow();
    ledger.forEach((serial, status) -> assertThat(bed.ask(serial).status()).isEqualTo(status));
    assertThat(ledger.values().stream().filter(GOOD::equals)).isNotEmpty();
    for (int i = 0; i < 1000; i++) {
      assertThat(bed.ask(SerialNumber.random(new SecureRandom())).status()).isEqualTo(UNKNOWN);
    }
  }

  /** Said again in other words than the program's. */
  private static CertificateStatus expected(
      LedgerState state, boolean signed, Optional<CertificateStatus.Revoked> revocation) {
    if (state == LedgerState.ISSUED && revocation.isEmpty()) {
      return GOOD;
    }
    if (state == LedgerState.PREPARED) {
      return UNKNOWN;
    }
    return signed ? revocation.orElseThrow() : SingleAnswer.NEVER_ISSUED;
  }

  @Test
  @Tag("D2")
  @DisplayName("D2: the first answer after a change says so, although one is signed and kept")
  void firstAnswerAfterChange() {
    for (int round = 0; round < 200; round++) {
      SerialNumber serial = serial(1000 + round);
      bed.commit(serial, GOOD);
      assertThat(bed.ask(serial).status()).isEqualTo(GOOD);
      bed.commit(serial, revoked(RevocationReason.CERTIFICATE_HOLD));
      assertThat(bed.ask(serial).status()).isEqualTo(revoked(RevocationReason.CERTIFICATE_HOLD));
      bed.commit(serial, GOOD);
      assertThat(bed.ask(serial).status()).isEqualTo(GOOD);
      bed.commit(serial, revoked(RevocationReason.KEY_COMPROMISE));
      assertThat(bed.ask(serial).status()).isEqualTo(revoked(RevocationReason.KEY_COMPROMISE));
    }
  }

  @Test
  @Tag("D2")
  @DisplayName("D2: nobody is told good after the revocation returned, whoever else is being told")
  void noStaleAnswerUnderLoad() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 50; round++) {
        SerialNumber serial = serial(5000 + round);
        bed.commit(serial, GOOD);
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<?>> askers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          askers.add(
              threads.submit(
                  () -> {
                    while (!stop.get()) {
                      bed.answer(serial);
                    }
                  }));
        }
        askers.add(threads.submit(bed.follower::follow));
        bed.commit(serial, revoked(RevocationReason.KEY_COMPROMISE));
        for (int i = 0; i < 20; i++) {
          assertThat(bed.ask(serial).status()).isNotEqualTo(GOOD);
        }
        stop.set(true);
        for (Future<?> asker : askers) {
          asker.get();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("E1: one signature serves many, is replaced at half its time, and may be cached")
  void preSigned() {
    bed.commit(ONE, GOOD);
    OcspAnswer first = bed.answer(ONE);
    assertThat(bed.answer(ONE)).isSameAs(first);
    assertThat(first.caching().orElseThrow().nextUpdate()).isEqualTo(DeskFixture.NOW.plus(PERIOD));

    bed.pass(Duration.ofSeconds(29));
    bed.follower.follow();
    assertThat(bed.answer(ONE)).isSameAs(first);
    bed.pass(Duration.ofSeconds(2));
    bed.follower.follow();
    OcspAnswer next = bed.answer(ONE);
    assertThat(next).isNotSameAs(first);
    assertThat(new OcspReply(next.octets()).nextUpdate())
        .isEqualTo(DeskFixture.NOW.plusSeconds(31).plus(PERIOD));
    assertThat(bed.answer(serial(99)).caching()).isEmpty();
  }

  @Test
  @DisplayName("E1: a nonce and several certificates are signed freshly, each as it stands")
  void freshlySigned() {
    bed.commit(ONE, GOOD);
    bed.commit(serial(2), revoked(RevocationReason.SUPERSEDED));
    OcspQuestion question =
        new OcspQuestion(ISSUER).about(ONE).about(serial(2)).about(serial(3)).nonce(16);
    OcspAnswer answer = bed.desk.answer(question.encoded());
    OcspReply reply = new OcspReply(answer.octets());
    assertThat(reply.statuses())
        .containsExactly(GOOD, revoked(RevocationReason.SUPERSEDED), UNKNOWN);
    assertThat(reply.nonce()).hasSize(16);
    assertThat(answer.caching()).isEmpty();
  }

  @Test
  @Tag("S10")
  @DisplayName("S10: another CA's certificates alone are unauthorized, beside ours unknown")
  void foreign() {
    bed.commit(ONE, GOOD);
    var other = new TestPki(TestPki.NOW).issuing().certificate();
    assertThat(bed.ask(new OcspQuestion(other).about(ONE)).code()).isEqualTo(6);
    assertThat(bed.ask(new OcspQuestion(ISSUER, OcspQuestion.SHA_512).about(ONE)).code())
        .isEqualTo(6);
    OcspQuestion mixed = new OcspQuestion(ISSUER).about(ONE);
    mixed.builder().addRequest(new OcspQuestion(other).id(ONE.value()));
    assertThat(bed.ask(mixed).statuses()).containsExactly(GOOD, UNKNOWN);
  }

  @Test
  @Tag("S10")
  @DisplayName("S10: a serial number that differs in its high half alone is unknown")
  void sameLowHalf() {
    bed.commit(ONE, GOOD);
    BigInteger twin = ONE.value().add(BigInteger.ONE.shiftLeft(70));
    assertThat(bed.ask(new OcspQuestion(ISSUER).about(twin)).status()).isEqualTo(UNKNOWN);
    BigInteger longTwin = ONE.value().add(BigInteger.ONE.shiftLeft(130));
    assertThat(bed.ask(new OcspQuestion(ISSUER).about(longTwin)).status()).isEqualTo(UNKNOWN);
    SerialNumber inherited = new SerialNumber(longTwin);
    bed.commit(inherited, GOOD);
    assertThat(bed.ask(inherited).status()).isEqualTo(GOOD);
  }

  @Test
  @Tag("S11")
  @DisplayName("the database gone: answers go on for their time, then tryLater, then go on again")
  void databaseGone() {
    bed.commit(ONE, GOOD);
    bed.commit(serial(2), revoked(RevocationReason.UNSPECIFIED));
    bed.feed.gone(true);
    bed.pass(Duration.ofSeconds(50));
    bed.follower.follow();
    OcspReply late = bed.ask(ONE);
    assertThat(late.status()).isEqualTo(GOOD);
    assertThat(late.thisUpdate()).isEqualTo(DeskFixture.NOW);
    assertThat(late.nextUpdate()).isEqualTo(DeskFixture.NOW.plus(PERIOD));
    assertThat(bed.ask(serial(3)).code()).as("may be new").isEqualTo(TRY_LATER);

    bed.pass(Duration.ofSeconds(10));
    assertThat(bed.ask(ONE).code()).isEqualTo(TRY_LATER);
    assertThat(bed.ask(serial(2)).code()).isEqualTo(TRY_LATER);
    assertThat(bed.answer(ONE).caching()).isEmpty();

    bed.feed.gone(false);
    bed.follower.follow();
    assertThat(bed.ask(ONE).status()).isEqualTo(GOOD);
    assertThat(bed.ask(serial(3)).status()).isEqualTo(UNKNOWN);
  }

  @Test
  @Tag("S10")
  @DisplayName(
      "S10: a change that was committed and could not be read is tryLater, the rest goes on")
  void doubt() {
    bed.commit(ONE, GOOD);
    bed.commit(serial(2), GOOD);
    bed.feed.commit(ONE, revoked(RevocationReason.KEY_COMPROMISE));
    bed.feed.gone(true);
    bed.follower.changed(Set.of(ONE));
    assertThat(bed.ask(ONE).code()).isEqualTo(TRY_LATER);
    assertThat(bed.ask(serial(2)).status()).isEqualTo(GOOD);
    bed.feed.gone(false);
    bed.follower.follow();
    assertThat(bed.ask(ONE).status()).isEqualTo(revoked(RevocationReason.KEY_COMPROMISE));
  }

  @Test
  @Tag("S12")
  @DisplayName("S12: the clock back an hour: tryLater, also for what is signed already")
  void clockBack() {
    bed.commit(ONE, GOOD);
    assertThat(bed.ask(ONE).status()).isEqualTo(GOOD);
    bed.clock.advance(Duration.ofHours(-1));
    assertThat(bed.ask(ONE).code()).isEqualTo(TRY_LATER);
    bed.follower.follow();
    assertThat(bed.ask(ONE).code()).isEqualTo(TRY_LATER);
    bed.clock.advance(Duration.ofHours(1));
    bed.follower.follow();
    assertThat(bed.ask(ONE).status()).isEqualTo(GOOD);
  }

  @Test
  @Tag("S12")
  @DisplayName("S12: the clock 61 s ahead of the database's: nothing is signed for that time")
  void clockAhead() {
    bed.commit(ONE, GOOD);
    bed.clock.advance(Duration.ofSeconds(61));
    bed.follower.follow();
    assertThat(bed.ask(ONE).code()).isEqualTo(TRY_LATER);
  }

  @Test
  @DisplayName("E1: without a valid responder certificate: tryLater")
  void responderExpired() {
    bed.commit(ONE, GOOD);
    bed.pass(Duration.ofDays(31));
    bed.follower.follow();
    assertThat(bed.ask(ONE).code()).isEqualTo(TRY_LATER);
  }

  @Test
  @DisplayName("before the ledger was read: tryLater")
  void notYetRead() {
    OcspDesk desk =
        new OcspDesk(
            new StatusIndex(),
            List.of(bed.keys),
            OcspDesk.Settings.standard(PERIOD, dev.inkan.core.policy.ClockPolicy.BANK),
            bed.clock);
    assertThat(new OcspReply(desk.answer(DeskFixture.question(ONE)).octets()).code())
        .isEqualTo(TRY_LATER);
  }
}
