package dev.inkan.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.core.ocsp.SingleAnswer;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.core.testing.TestPki;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Questions about the certificates of two issuing CAs of one installation. */
@Tag("E1")
@Tag("S10")
final class OcspOfTwoCasTest {

  private static final TestPki FORMER = new TestPki(TestPki.NOW);
  private static final TestPki PRESENT = new TestPki(TestPki.NOW);
  private static final CaName SECOND = new CaName("issuing-2");
  private static final Duration PERIOD = Duration.ofSeconds(60);
  private static final Instant NOW = TestPki.NOW.plus(Duration.ofDays(1));
  private static final CertificateStatus GOOD = new CertificateStatus.Good();
  private static final CertificateStatus UNKNOWN = new CertificateStatus.Unknown();
  private static final CertificateStatus LOST =
      new CertificateStatus.Revoked(TestPki.NOW, RevocationReason.KEY_COMPROMISE);
  private static final int TRY_LATER = 3;
  private static final int UNAUTHORIZED = 6;

  private static final SerialNumber OLD = DeskFixture.serial(1);
  private static final SerialNumber OLD_LOST = DeskFixture.serial(2);
  private static final SerialNumber OLD_BURNT = DeskFixture.serial(3);
  private static final SerialNumber YOUNG = DeskFixture.serial(4);
  private static final SerialNumber YOUNG_LOST = DeskFixture.serial(5);

  private final MutableClock clock = new MutableClock(NOW);
  private final FakeFeed feed = new FakeFeed(clock);
  private final StatusIndex index = new StatusIndex();
  private final ResponderKeys formers = new ResponderKeys(CaName.ISSUING);
  private final ResponderKeys presents = new ResponderKeys(SECOND);
  private final StatusFollower follower =
      new StatusFollower(feed, index, new LedgerHistory(), clock, ClockPolicy.BANK);
  private final OcspDesk desk =
      new OcspDesk(
          index,
          List.of(presents, formers),
          OcspDesk.Settings.standard(PERIOD, ClockPolicy.BANK),
          clock);

  @BeforeEach
  void fill() {
    feed.commit(CaName.ISSUING, OLD, GOOD);
    feed.commit(CaName.ISSUING, OLD_LOST, LOST);
    feed.commit(CaName.ISSUING, OLD_BURNT, SingleAnswer.NEVER_ISSUED);
    feed.commit(SECOND, YOUNG, GOOD);
    feed.commit(SECOND, YOUNG_LOST, LOST);
    follower.follow();
    formers.use(responder(FORMER, NOW));
    presents.use(responder(PRESENT, NOW));
  }

  private static OcspResponder responder(TestPki pki, Instant at) {
    return new OcspResponder(
        pki.ocspResponderCertificates(new MutableClock(at)).make("bank").credential());
  }

  private OcspReply ask(TestPki issuer, SerialNumber... about) {
    OcspQuestion question = new OcspQuestion(issuer.issuing().certificate());
    for (SerialNumber serial : about) {
      question.about(serial);
    }
    return ask(question);
  }

  private OcspReply ask(OcspQuestion question) {
    return new OcspReply(desk.answer(question.encoded()).octets());
  }

  @Test
  @DisplayName("E1: each CA's certificates are answered about by that CA's own responder")
  void eachByItsOwn() {
    for (int round = 0; round < 2; round++) { // the second time from memory
      assertThat(ask(FORMER, OLD).status()).isEqualTo(GOOD);
      assertThat(ask(FORMER, OLD_LOST).status()).isEqualTo(LOST);
      assertThat(ask(PRESENT, YOUNG).status()).isEqualTo(GOOD);
      assertThat(ask(PRESENT, YOUNG_LOST).status()).isEqualTo(LOST);
      assertThat(ask(FORMER, OLD).isSignedUnder(FORMER.issuing().certificate())).isTrue();
      assertThat(ask(PRESENT, YOUNG).isSignedUnder(PRESENT.issuing().certificate())).isTrue();
      assertThat(ask(PRESENT, YOUNG).isSignedUnder(FORMER.issuing().certificate())).isFalse();
    }
  }

  @Test
  @DisplayName("S10: good, revoked or burnt: asked of the other CA, a serial is unknown")
  void ofTheOther() {
    for (SerialNumber serial : List.of(OLD, OLD_LOST, OLD_BURNT)) {
      assertThat(ask(FORMER, serial).status()).isNotEqualTo(UNKNOWN);
      assertThat(ask(PRESENT, serial).status()).isEqualTo(UNKNOWN);
    }
    for (SerialNumber serial : List.of(YOUNG, YOUNG_LOST)) {
      assertThat(ask(FORMER, serial).status()).isEqualTo(UNKNOWN);
    }
  }

  @Test
  @DisplayName(
      "S10: of both in one request, the first one's responder answers, the other is unknown")
  void bothInOneRequest() {
    OcspQuestion question = new OcspQuestion(FORMER.issuing().certificate()).about(OLD);
    question
        .builder()
        .addRequest(new OcspQuestion(PRESENT.issuing().certificate()).id(YOUNG.value()));
    OcspReply reply = ask(question);
    assertThat(reply.statuses()).containsExactly(GOOD, UNKNOWN);
    assertThat(reply.isSignedUnder(FORMER.issuing().certificate())).isTrue();
  }

  @Test
  @DisplayName(
      "a responder without key or with one that has ended keeps nobody else from answering")
  void oneResponderAway() {
    OcspDesk young =
        new OcspDesk(
            index,
            List.of(new ResponderKeys(SECOND), formers),
            OcspDesk.Settings.standard(PERIOD, ClockPolicy.BANK),
            clock);
    OcspQuestion old = new OcspQuestion(FORMER.issuing().certificate()).about(OLD);
    OcspQuestion new2 = new OcspQuestion(PRESENT.issuing().certificate()).about(YOUNG);
    assertThat(new OcspReply(young.answer(old.encoded()).octets()).status()).isEqualTo(GOOD);
    assertThat(new OcspReply(young.answer(new2.encoded()).octets()).code()).isEqualTo(TRY_LATER);

    formers.use(responder(FORMER, TestPki.NOW.plusSeconds(600)));
    clock.advance(Duration.ofDays(29).plusHours(12));
    follower.follow();
    assertThat(ask(FORMER, OLD).code()).isEqualTo(TRY_LATER);
    assertThat(ask(PRESENT, YOUNG).status()).isEqualTo(GOOD);
  }

  @Test
  @DisplayName("another installation's CA: unauthorized")
  void foreign() {
    assertThat(ask(new TestPki(TestPki.NOW), OLD).code()).isEqualTo(UNAUTHORIZED);
  }
}
