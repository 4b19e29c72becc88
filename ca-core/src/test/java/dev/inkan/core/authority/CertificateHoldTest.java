package dev.inkan.core.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.JournalUnavailableException;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.store.Stores;
import dev.inkan.core.testing.InMemoryTransactions;
import dev.inkan.core.testing.InMemoryTransactions.Point;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.core.testing.TestPki;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holding and releasing: what may follow what, what is written down, and what breaks how. */
@Tag("D1")
class CertificateHoldTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final CertificateRecord ENTRY = PKI.ceremony().issuing().entry();
  private static final SerialNumber SERIAL = ENTRY.serialNumber();
  private static final Actor CLERK = new Actor(Actor.Kind.OPERATOR, "clerk-1");
  private static final Revocation LOST = Revocation.because(RevocationReason.KEY_COMPROMISE);

  private final MutableClock clock = new MutableClock(TestPki.NOW);
  private final InMemoryTransactions transactions = new InMemoryTransactions(clock);
  private final RecordingJournal journal = new RecordingJournal();
  private final List<CertificateRecord> completed = new ArrayList<>();
  private final RevocationAuthority<Stores> authority =
      new RevocationAuthority<>(new Ledger<>(transactions, journal), clock);

  @BeforeEach
  void issue() {
    transactions.inTransaction(
        stores -> {
          stores.certificates().restore(ENTRY, PKI.issuing().certificate());
          return true;
        });
  }

  @Test
  @DisplayName("D1: a hold is a revocation that says so, and is written down before")
  void holds() {
    assertThat(hold()).isEqualTo(RevocationOutcome.HELD);

    assertThat(entry().isOnHold()).isTrue();
    assertThat(entry().isValidAt(TestPki.NOW)).isFalse();
    assertThat(journal.revoked()).containsEntry(SERIAL, holdAt(TestPki.NOW));
    assertThat(completed).containsExactly(entry());
    assertThat(transactions.auditEvents())
        .extracting(AuditEvent::action)
        .containsExactly(AuditAction.CERTIFICATE_HELD);
  }

  @Test
  @DisplayName("D1: a released certificate counts again, and its holder is told")
  void releases() {
    hold();
    clock.advance(Duration.ofHours(1));

    assertThat(release()).isEqualTo(RevocationOutcome.RELEASED);

    assertThat(entry()).isEqualTo(ENTRY);
    assertThat(entry().isValidAt(clock.instant())).isTrue();
    assertThat(journal.released()).containsEntry(SERIAL, clock.instant());
    assertThat(completed).hasSize(2).last().isEqualTo(ENTRY);
    assertThat(transactions.auditEvents())
        .extracting(AuditEvent::action)
        .containsExactly(AuditAction.CERTIFICATE_HELD, AuditAction.CERTIFICATE_RELEASED);
  }

  @Test
  @DisplayName("D1: revoking what is on hold keeps the day it was held and changes the reason")
  void revokesWhatIsOnHold() {
    Instant lost = TestPki.NOW.minusSeconds(100);
    authority.hold(SERIAL, Optional.of(lost), CLERK, (stores, it) -> {});
    clock.advance(Duration.ofDays(2));

    assertThat(revoke()).isEqualTo(RevocationOutcome.REVOKED);

    CertificateStatus.Revoked revoked =
        new CertificateStatus.Revoked(
            TestPki.NOW, RevocationReason.KEY_COMPROMISE, Optional.of(lost));
    assertThat(entry().revocation()).contains(revoked);
    assertThat(journal.revoked()).containsEntry(SERIAL, revoked);
    assertThat(release()).isEqualTo(RevocationOutcome.ALREADY_REVOKED);
    assertThat(hold()).isEqualTo(RevocationOutcome.ALREADY_REVOKED);
  }

  @Test
  @DisplayName("D1: the first hold stands; what is not held cannot be released")
  void refusesWhatMakesNoSense() {
    assertThat(release()).isEqualTo(RevocationOutcome.NOT_HELD);
    hold();
    clock.advance(Duration.ofSeconds(5));
    assertThat(hold()).isEqualTo(RevocationOutcome.ALREADY_HELD);
    assertThat(entry().revocation()).contains(holdAt(TestPki.NOW));
    SerialNumber stranger = new SerialNumber(BigInteger.ONE);
    assertThat(authority.hold(stranger, Optional.empty(), CLERK, (stores, it) -> {}))
        .isEqualTo(RevocationOutcome.NOT_ISSUED_HERE);
    assertThat(authority.release(stranger, CLERK, (stores, it) -> {}))
        .isEqualTo(RevocationOutcome.NOT_ISSUED_HERE);
    assertThat(completed).hasSize(1);
  }

  @Test
  @DisplayName("D1: of an expired certificate nothing is left to hold or release, but to revoke")
  void expired() {
    hold();
    clock.advance(Duration.between(TestPki.NOW, ENTRY.validity().end()));

    assertThat(release()).isEqualTo(RevocationOutcome.EXPIRED);
    assertThat(hold()).isEqualTo(RevocationOutcome.EXPIRED);
    assertThat(revoke()).isEqualTo(RevocationOutcome.REVOKED);
  }

  @ParameterizedTest
  @EnumSource(names = {"CERTIFICATE_HOLD", "REMOVE_FROM_CRL"})
  @DisplayName("D1: a hold is no revocation for ever")
  void reasonsThatDoNotLast(RevocationReason reason) {
    assertThatIllegalArgumentException().isThrownBy(() -> Revocation.because(reason));
  }

  @Test
  @Tag("S12")
  @DisplayName("S12: each change is later than the one before, though the clock goes back")
  void timesGrow() {
    hold();
    clock.advance(Duration.ofSeconds(-30));
    release();
    assertThat(journal.released().get(SERIAL)).isAfter(TestPki.NOW);
    clock.advance(Duration.ofSeconds(-30));
    assertThat(hold()).isEqualTo(RevocationOutcome.HELD);

    assertThat(entry().revocation().orElseThrow().at()).isAfter(journal.released().get(SERIAL));
  }

  @Test
  @DisplayName("S8: journal down: nothing is held")
  @Tag("S8")
  void journalDownAtHold() {
    journal.breakAt(RecordingJournal.Entry.REVOKED);
    assertThatThrownBy(this::hold).isInstanceOf(JournalUnavailableException.class);
    assertThat(entry()).isEqualTo(ENTRY);
  }

  @ParameterizedTest(
      name = "S8: store fails at {0}: what was not acknowledged to be released is not")
  @EnumSource(
      value = Point.class,
      names = {"RELEASE", "AUDIT"})
  @Tag("S8")
  void storeDownAtRelease(Point point) {
    hold();
    transactions.breakAt(point, 1);
    assertThatThrownBy(this::release).isInstanceOf(StoreUnavailableException.class);
    transactions.mend();
    assertThat(entry().isOnHold()).isTrue();
    assertThat(journal.released()).isEmpty();
    assertThat(release()).isEqualTo(RevocationOutcome.RELEASED);
  }

  private RevocationOutcome hold() {
    return authority.hold(
        SERIAL, Optional.empty(), CLERK, (stores, changed) -> completed.add(changed));
  }

  private RevocationOutcome release() {
    return authority.release(SERIAL, CLERK, (stores, changed) -> completed.add(changed));
  }

  private RevocationOutcome revoke() {
    return authority.revoke(SERIAL, LOST, CLERK, (stores, changed) -> completed.add(changed));
  }

  private CertificateRecord entry() {
    return transactions.entry(SERIAL).orElseThrow();
  }

  private static CertificateStatus.Revoked holdAt(Instant at) {
    return new CertificateStatus.Revoked(at, RevocationReason.CERTIFICATE_HOLD);
  }
}
