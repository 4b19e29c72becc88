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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("A6")
class RevocationAuthorityTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final CertificateRecord ENTRY = PKI.ceremony().issuing().entry();
  private static final SerialNumber SERIAL = ENTRY.serialNumber();
  private static final Actor CLERK = new Actor(Actor.Kind.OPERATOR, "clerk-1");
  private static final Instant LOST = TestPki.NOW.minus(Duration.ofMinutes(2));

  private final MutableClock clock = new MutableClock(TestPki.NOW);
  private final InMemoryTransactions transactions = new InMemoryTransactions(clock);
  private final RecordingJournal journal = new RecordingJournal();
  private final Ledger<Stores> ledger = new Ledger<>(transactions, journal);
  private final RevocationAuthority<Stores> authority = new RevocationAuthority<>(ledger, clock);

  @BeforeEach
  void issue() {
    transactions.inTransaction(
        stores -> {
          stores.certificates().restore(ENTRY, PKI.issuing().certificate());
          return true;
        });
  }

  @Test
  void revokesAndWritesItDown() {
    assertThat(revoke()).isEqualTo(RevocationOutcome.REVOKED);

    CertificateStatus.Revoked revocation =
        new CertificateStatus.Revoked(
            TestPki.NOW, RevocationReason.KEY_COMPROMISE, Optional.of(LOST));
    assertThat(revocation()).contains(revocation);
    assertThat(journal.revoked()).containsEntry(SERIAL, revocation);
    assertThat(transactions.auditEvents())
        .containsExactly(
            new AuditEvent(
                TestPki.NOW,
                CLERK,
                AuditAction.CERTIFICATE_REVOKED,
                Optional.of(ENTRY.subscriber()),
                Optional.of(SERIAL),
                "KEY_COMPROMISE, invalid since " + LOST));
  }

  @Test
  void letsTheFirstRevocationStand() {
    revoke();
    assertThat(
            authority.revoke(
                SERIAL, Revocation.because(RevocationReason.SUPERSEDED), CLERK, (stores, it) -> {}))
        .isEqualTo(RevocationOutcome.ALREADY_REVOKED);
    assertThat(revocation().map(CertificateStatus.Revoked::reason))
        .contains(RevocationReason.KEY_COMPROMISE);
    assertThat(transactions.auditEvents()).hasSize(1);
  }

  @Test
  @Tag("D6")
  @DisplayName("D6: the embedding application writes in the revocation's transaction, once")
  void completesOnce() {
    List<CertificateRecord> completed = new ArrayList<>();
    Revocation revocation = Revocation.because(RevocationReason.KEY_COMPROMISE);

    authority.revoke(SERIAL, revocation, CLERK, (stores, revoked) -> completed.add(revoked));
    authority.revoke(SERIAL, revocation, CLERK, (stores, revoked) -> completed.add(revoked));

    assertThat(completed).containsExactly(ENTRY.revoked(revocation.at(TestPki.NOW)));
  }

  @Test
  @Tag("D6")
  @DisplayName("D6: if that fails the ledger says nothing, and repeating revokes")
  void completionFails() {
    Revocation revocation = Revocation.because(RevocationReason.KEY_COMPROMISE);
    assertThatThrownBy(
            () ->
                authority.revoke(
                    SERIAL,
                    revocation,
                    CLERK,
                    (stores, revoked) -> {
                      throw new IllegalStateException("no mail text");
                    }))
        .hasMessage("no mail text");
    assertThat(revocation()).isEmpty();
    assertThat(transactions.auditEvents()).isEmpty();

    assertThat(revoke()).isEqualTo(RevocationOutcome.REVOKED);
  }

  @Test
  void knowsNothingOfAStranger() {
    assertThat(
            authority.revoke(
                new SerialNumber(BigInteger.ONE),
                Revocation.because(RevocationReason.UNSPECIFIED),
                CLERK,
                (stores, it) -> {}))
        .isEqualTo(RevocationOutcome.NOT_ISSUED_HERE);
    assertThat(journal.revoked()).isEmpty();
  }

  @ParameterizedTest(name = "{0} s after now: the future is refused")
  @ValueSource(ints = {1, 86_400})
  @Tag("D1")
  void refusesTheFuture(int seconds) {
    Revocation revocation =
        Revocation.because(RevocationReason.UNSPECIFIED).since(TestPki.NOW.plusSeconds(seconds));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> authority.revoke(SERIAL, revocation, CLERK, (stores, it) -> {}));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> authority.hold(SERIAL, revocation.invalidityDate(), CLERK, (stores, it) -> {}));
  }

  @Test
  @Tag("D1")
  @DisplayName("D1: a PC cannot have been lost before its certificate was valid")
  void refusesBeforeIssue() {
    Revocation revocation =
        Revocation.because(RevocationReason.KEY_COMPROMISE)
            .since(ENTRY.validity().notBefore().minusSeconds(1));
    assertThat(authority.revoke(SERIAL, revocation, CLERK, (stores, it) -> {}))
        .isEqualTo(RevocationOutcome.INVALID_BEFORE_ISSUE);
    assertThat(journal.revoked()).isEmpty();
  }

  @Test
  @DisplayName("S8: journal down: nothing is revoked, and the caller knows")
  void journalDown() {
    journal.breakAt(RecordingJournal.Entry.REVOKED);
    assertThatThrownBy(this::revoke).isInstanceOf(JournalUnavailableException.class);
    assertThat(revocation()).isEmpty();
    journal.mend();
    assertThat(revoke()).isEqualTo(RevocationOutcome.REVOKED);
  }

  @ParameterizedTest(name = "S11: store fails at {0}: repeating it revokes")
  @CsvSource({"BEGIN,2", "REVOKE,1", "AUDIT,1", "COMMIT,2"})
  void storeDown(Point point, int nth) {
    transactions.breakAt(point, nth);
    assertThatThrownBy(this::revoke).isInstanceOf(StoreUnavailableException.class);
    assertThat(revocation()).isEmpty();
    assertThat(journal.revoked()).containsKey(SERIAL);
    transactions.mend();
    assertThat(revoke()).isEqualTo(RevocationOutcome.REVOKED);
  }

  @ParameterizedTest(name = "S9: store fails at {0}: once it is back the ledger says it too")
  @CsvSource({"BEGIN,2", "REVOKE,1", "AUDIT,1", "COMMIT,2", "ANSWER,2"})
  void storeDownAndFinished(Point point, int nth) {
    transactions.breakAt(point, nth);
    assertThatThrownBy(this::revoke).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(ledger.unfinished()::finish).isInstanceOf(StoreUnavailableException.class);
    transactions.mend();

    assertThat(ledger.unfinished().finish()).isEqualTo(1);

    assertThat(revocation()).isPresent();
    assertThat(revoke()).isEqualTo(RevocationOutcome.ALREADY_REVOKED);
  }

  private RevocationOutcome revoke() {
    return authority.revoke(
        SERIAL,
        Revocation.because(RevocationReason.KEY_COMPROMISE).since(LOST),
        CLERK,
        (stores, it) -> {});
  }

  private Optional<CertificateStatus.Revoked> revocation() {
    return transactions.entry(SERIAL).orElseThrow().revocation();
  }
}
