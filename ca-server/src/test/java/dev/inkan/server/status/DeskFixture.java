package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.core.testing.TestPki;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A desk over a ledger in memory, and how it is asked. Time stands still until it is moved. */
public final class DeskFixture {

  public static final Instant NOW = TestPki.NOW.plusSeconds(3600);
  public static final Duration PERIOD = Duration.ofSeconds(60);
  public static final TestPki PKI = new TestPki(TestPki.NOW);
  public static final Der ISSUER = PKI.issuing().certificate();
  public static final CertificateStatus GOOD = new CertificateStatus.Good();
  public static final CertificateStatus UNKNOWN = new CertificateStatus.Unknown();
  private static final OcspResponder RESPONDER = responder();

  public final MutableClock clock = new MutableClock(NOW);
  public final MutableClock databaseClock = new MutableClock(NOW);
  public final FakeFeed feed = new FakeFeed(databaseClock);
  public final StatusIndex index = new StatusIndex();
  public final LedgerHistory history = new LedgerHistory();
  public final ResponderKeys keys = new ResponderKeys(CaName.ISSUING);
  public final StatusFollower follower =
      new StatusFollower(feed, index, history, clock, ClockPolicy.BANK);
  public final OcspDesk desk =
      new OcspDesk(
          index, List.of(keys), OcspDesk.Settings.standard(PERIOD, ClockPolicy.BANK), clock);

  public DeskFixture() {
    keys.use(RESPONDER);
    follower.follow();
  }

  private static OcspResponder responder() {
    // Old enough to sign an hour ago as well.
    MutableClock before = new MutableClock(TestPki.NOW.plusSeconds(60));
    return new OcspResponder(PKI.ocspResponderCertificates(before).make("bank").credential());
  }

  public static SerialNumber serial(long number) {
    return SerialNumber.parse(String.format("4000000000000000%016x", number));
  }

  public static CertificateStatus.Revoked revoked(RevocationReason reason) {
    return new CertificateStatus.Revoked(TestPki.NOW.plusSeconds(7), reason);
  }

  /** Commits, and is told of it as this server's own transactions tell. */
  public void commit(SerialNumber serialNumber, CertificateStatus status) {
    feed.commit(serialNumber, status);
    follower.changed(Set.of(serialNumber));
  }

  public OcspAnswer answer(SerialNumber serialNumber) {
    return desk.answer(question(serialNumber));
  }

  public OcspReply ask(SerialNumber serialNumber) {
    return new OcspReply(answer(serialNumber).octets());
  }

  public OcspReply ask(OcspQuestion question) {
    return new OcspReply(desk.answer(question.encoded()).octets());
  }

  public static byte[] question(SerialNumber serialNumber) {
    return new OcspQuestion(ISSUER).about(serialNumber).encoded();
  }

  /** Both clocks go on. */
  public void pass(Duration time) {
    clock.advance(time);
    databaseClock.advance(time);
  }
}
