package dev.inkan.core.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.IssueFailedException.Stage;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.store.JournalUnavailableException;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.store.Stores;
import dev.inkan.core.store.Transactions;
import dev.inkan.core.testing.InMemoryTransactions;
import dev.inkan.core.testing.InMemoryTransactions.Point;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.core.testing.TestPki;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The issue dance, broken at each of its steps. What must hold after every one: no certificate
 * counts that was not handed out, none was handed out that does not count, no number is unknown,
 * and the subscriber gets a certificate in the end.
 */
@Tag("S8")
@Tag("S11")
class CrashTableTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final SubscriberRequest REQUEST =
      new SubscriberRequest(new SubscriberId("u-1"), "さくら商事", "user001");
  private static final Passphrase PASSPHRASE = Passphrase.copyOf("Passw0rd!".toCharArray());

  private final MutableClock clock = new MutableClock(TestPki.NOW);
  private final InMemoryTransactions transactions = new InMemoryTransactions(clock);
  private final RecordingJournal journal = new RecordingJournal();
  private final KeyPool pool = PKI.pool();
  private final AtomicInteger delivered = new AtomicInteger();
  private final CertificationAuthority<Stores> authority = authority();

  @AfterEach
  void closePool() {
    pool.close();
  }

  @Test
  @DisplayName("S8: journal down before T1: nothing is reserved, nothing recorded")
  void journalDownAtTheReservation() {
    journal.breakAt(RecordingJournal.Entry.SERIAL_RESERVED);

    assertThatThrownBy(this::issue).isInstanceOf(JournalUnavailableException.class);
    assertThat(transactions.entries()).isEmpty();
    assertIssuesOnceMended();
  }

  @ParameterizedTest(name = "S8: T1 fails at {0}: nothing is recorded")
  @EnumSource(
      value = Point.class,
      names = {"BEGIN", "LOCK", "DATABASE_TIME", "FIND", "PREPARE", "AUDIT", "COMMIT"})
  void storeDownInTheFirstTransaction(Point point) {
    transactions.breakAt(point, 1);

    assertThatThrownBy(this::issue).isInstanceOf(StoreUnavailableException.class);
    assertThat(transactions.entries()).isEmpty();
    assertThat(transactions.auditEvents()).isEmpty();
    assertThat(journal.reserved()).hasSize(1); // burnt, and known to be
    assertIssuesOnceMended();
  }

  @Test
  @DisplayName("S8: T1 commits but its answer is lost: the entry is closed after the timeout")
  void answerOfTheFirstTransactionLost() {
    transactions.breakOnceAt(Point.ANSWER, 1);
    assertThatThrownBy(this::issue).isInstanceOf(StoreUnavailableException.class);
    assertThat(states()).containsExactly(LedgerState.PREPARED);

    assertThat(issue()).isInstanceOf(IssueOutcome.Refused.class); // one may still be under way
    clock.advance(Duration.ofMinutes(5));
    assertThat(issue()).isInstanceOf(IssueOutcome.Issued.class);
    assertThat(states()).containsExactly(LedgerState.ABANDONED, LedgerState.ISSUED);
  }

  @Test
  @DisplayName(
      "S9: T1 commits but its answer is lost: once the ledger is back nothing is in the way")
  void answerOfTheFirstTransactionLostAndFinished() {
    transactions.breakOnceAt(Point.ANSWER, 1);
    assertThatThrownBy(this::issue).isInstanceOf(StoreUnavailableException.class);

    assertThat(authority.unfinished().finish()).isEqualTo(1);

    assertThat(states()).containsExactly(LedgerState.ABANDONED);
    assertThat(issue()).isInstanceOf(IssueOutcome.Issued.class);
  }

  @ParameterizedTest(name = "S9: the store dies in T2 at {0}: once it is back the entry is closed")
  @CsvSource({"BEGIN,2", "COMMIT,2"})
  void storeGoneInTheSecondTransactionAndFinished(Point point, int nth) {
    transactions.breakAt(point, nth);
    assertThat(failure().stage()).isEqualTo(Stage.RECORD);
    transactions.mend();

    assertThat(authority.unfinished().finish()).isEqualTo(1);

    assertClosedWithCertificate();
    assertThat(journal.revoked()).hasSize(1);
    assertThat(issue()).isInstanceOf(IssueOutcome.Issued.class);
  }

  @Test
  @DisplayName("S8: journal down after the signature: the entry is closed as revoked")
  void journalDownAfterSigning() {
    journal.breakAt(RecordingJournal.Entry.ISSUED);

    assertThat(failure().stage()).isEqualTo(Stage.JOURNAL);
    assertClosedWithCertificate();
    assertIssuesOnceMended();
  }

  @Test
  @DisplayName("S8: journal gone for good after the signature: the ledger is closed all the same")
  void journalGoneAfterSigning() {
    journal.breakAt(RecordingJournal.Entry.ISSUED);
    journal.breakAt(RecordingJournal.Entry.REVOKED);

    IssueFailedException failure = failure();
    assertThat(failure.stage()).isEqualTo(Stage.JOURNAL);
    assertThat(failure.getSuppressed())
        .singleElement()
        .isInstanceOf(JournalUnavailableException.class);
    assertThat(states()).containsExactly(LedgerState.ABANDONED);
    assertIssuesOnceMended();
  }

  /** T1 passes BEGIN, COMMIT and AUDIT once each, so the second passage is T2's. */
  @ParameterizedTest(name = "S8: T2 fails once at {0}: the entry is closed, nothing is delivered")
  @CsvSource({"BEGIN,2", "MARK_ISSUED,1", "AUDIT,2", "COMMIT,2"})
  void storeHiccupInTheSecondTransaction(Point point, int nth) {
    transactions.breakOnceAt(point, nth);

    assertThat(failure().stage()).isEqualTo(Stage.RECORD);
    assertClosedWithCertificate();
    assertThat(journal.revoked()).hasSize(1);
    assertIssuesOnceMended();
  }

  @ParameterizedTest(name = "S8: the store dies in T2 at {0}: recovery closes the entry")
  @CsvSource({"BEGIN,2", "COMMIT,2"})
  void storeGoneFromTheSecondTransactionOn(Point point, int nth) {
    transactions.breakAt(point, nth);

    assertThat(failure().stage()).isEqualTo(Stage.RECORD);
    transactions.mend();
    assertThat(states()).containsExactly(LedgerState.PREPARED);
    assertThat(journal.revoked()).isEmpty(); // nobody knows yet whether it counts

    assertThat(authority().recover(journal::signed)).isEqualTo(1);
    assertClosedWithCertificate();
    assertThat(journal.revoked()).hasSize(1);
    assertIssuesOnceMended();
  }

  @Test
  @DisplayName("S8: T2 commits but its answer is lost: the file is handed out all the same")
  void answerOfTheSecondTransactionLost() {
    transactions.breakOnceAt(Point.ANSWER, 2);

    assertThat(issue()).isInstanceOf(IssueOutcome.Issued.class);
    assertThat(states()).containsExactly(LedgerState.ISSUED);
    assertThat(journal.revoked()).isEmpty();
  }

  @Test
  @DisplayName("S8: T2 commits, then the store is gone: recovery leaves the certificate alone")
  void storeGoneAfterTheSecondTransaction() {
    transactions.breakAt(Point.ANSWER, 2);

    assertThat(failure().stage()).isEqualTo(Stage.RECORD);
    transactions.mend();
    assertThat(states()).containsExactly(LedgerState.ISSUED);
    assertThat(journal.revoked()).isEmpty();
    assertThat(authority().recover(journal::signed)).isZero();
  }

  @Test
  @DisplayName("S8: the application cannot keep the file: no certificate counts")
  void completionFails() {
    IssueFailedException failure =
        catchThrowableOfType(
            IssueFailedException.class,
            () ->
                authority.issue(
                    REQUEST,
                    PASSPHRASE,
                    (stores, issued) -> {
                      throw new IllegalStateException("sealing failed");
                    }));

    assertThat(failure.stage()).isEqualTo(Stage.RECORD);
    assertThat(failure).hasRootCauseMessage("sealing failed");
    assertClosedWithCertificate();
    assertIssuesOnceMended();
  }

  @Test
  @DisplayName("S8: the entry was closed by another node meanwhile: no certificate counts")
  void closedMeanwhile() {
    IssueFailedException failure =
        catchThrowableOfType(
            IssueFailedException.class,
            () ->
                new CertificationAuthority<>(
                        new Ledger<>(new ClosingBeforeSecond(transactions, clock), journal),
                        PKI.host(clock),
                        PKI.subscriberCertificates(pool),
                        IssuanceRules.bank(ZoneId.of("Asia/Tokyo")))
                    .issue(REQUEST, PASSPHRASE, (stores, issued) -> {}));

    assertThat(failure).hasRootCauseMessage("entry was closed meanwhile: the issue took too long");
    assertThat(states()).containsExactly(LedgerState.ABANDONED);
    assertThat(journal.revoked()).hasSize(1);
    assertThat(delivered).hasValue(0);
  }

  @Test
  @DisplayName("S8: no key can be made: the entry is closed, and nothing was signed")
  void noKey() {
    pool.close();

    assertThat(failure().stage()).isEqualTo(Stage.KEY);
    assertThat(states()).containsExactly(LedgerState.ABANDONED);
    assertThat(journal.revoked()).isEmpty();
    assertThat(transactions.encoded(transactions.entries().get(0).serialNumber())).isEmpty();
  }

  @Test
  @DisplayName("S8: recovery closes this node's entries alone, with the signed certificate")
  void recoveryLeavesOthersAlone() {
    transactions.breakOnceAt(Point.ANSWER, 1);
    assertThatThrownBy(this::issue).isInstanceOf(StoreUnavailableException.class);

    CertificationAuthority<Stores> other =
        new CertificationAuthority<>(
            new Ledger<>(transactions, journal),
            new Host(clock, PKI.random(), new NodeName("other")),
            PKI.subscriberCertificates(pool),
            IssuanceRules.bank(ZoneId.of("Asia/Tokyo")));
    assertThat(other.recover(journal::signed)).isZero();
    assertThat(authority().recover(journal::signed)).isEqualTo(1);
    assertThat(authority().recover(journal::signed)).isZero();
    assertThat(transactions.auditEvents())
        .extracting(AuditEvent::action)
        .containsExactly(AuditAction.CERTIFICATE_PREPARED, AuditAction.CERTIFICATE_ABANDONED);
  }

  private void assertClosedWithCertificate() {
    assertThat(delivered).hasValue(0);
    CertificateRecord entry = transactions.entries().get(0);
    assertThat(entry.state()).isEqualTo(LedgerState.ABANDONED);
    assertThat(entry.revocation()).isPresent();
    assertThat(transactions.encoded(entry.serialNumber())).isPresent();
    assertThat(transactions.auditEvents())
        .last()
        .satisfies(
            event -> assertThat(event.action()).isEqualTo(AuditAction.CERTIFICATE_ABANDONED));
  }

  private void assertIssuesOnceMended() {
    transactions.mend();
    journal.mend();
    delivered.set(0);
    assertThat(issue()).isInstanceOf(IssueOutcome.Issued.class);
    assertThat(delivered).hasValue(1);
    assertThat(states()).endsWith(LedgerState.ISSUED).containsOnlyOnce(LedgerState.ISSUED);
    assertThat(journal.reserved())
        .doesNotHaveDuplicates()
        .containsAll(transactions.entries().stream().map(CertificateRecord::serialNumber).toList());
  }

  private List<LedgerState> states() {
    return transactions.entries().stream().map(CertificateRecord::state).toList();
  }

  private IssueFailedException failure() {
    return catchThrowableOfType(IssueFailedException.class, this::issue);
  }

  private IssueOutcome issue() {
    IssueOutcome outcome = authority.issue(REQUEST, PASSPHRASE, (stores, issued) -> {});
    delivered.addAndGet(outcome.fold(issued -> 1, refused -> 0));
    return outcome;
  }

  private CertificationAuthority<Stores> authority() {
    return new CertificationAuthority<>(
        new Ledger<>(transactions, journal),
        PKI.host(clock),
        PKI.subscriberCertificates(pool),
        IssuanceRules.bank(ZoneId.of("Asia/Tokyo")));
  }

  /** Another node that takes the entry for left behind, just before it is marked issued. */
  private record ClosingBeforeSecond(
      InMemoryTransactions inner, MutableClock clock, AtomicInteger calls)
      implements Transactions<Stores> {

    ClosingBeforeSecond(InMemoryTransactions inner, MutableClock clock) {
      this(inner, clock, new AtomicInteger());
    }

    @Override
    public <R> R inTransaction(Function<Stores, R> work) {
      if (calls.incrementAndGet() == 2) {
        inner.inTransaction(
            stores ->
                stores
                    .certificates()
                    .abandon(
                        inner.entries().get(0).serialNumber(), clock.instant(), Optional.empty()));
      }
      return inner.inTransaction(work);
    }
  }
}
