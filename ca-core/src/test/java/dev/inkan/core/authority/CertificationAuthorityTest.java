package dev.inkan.core.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.core.store.Stores;
import dev.inkan.core.testing.InMemoryTransactions;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.core.testing.TestPki;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CertificationAuthorityTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final SubscriberRequest REQUEST =
      new SubscriberRequest(new SubscriberId("u-1"), "さくら商事株式会社", "user001");
  private static final Passphrase PASSPHRASE = Passphrase.copyOf("Passw0rd!".toCharArray());

  private final MutableClock clock = new MutableClock(TestPki.NOW);
  private final InMemoryTransactions transactions = new InMemoryTransactions(clock);
  private final RecordingJournal journal = new RecordingJournal();
  private final KeyPool pool = PKI.pool();
  private final CertificationAuthority<Stores> authority =
      new CertificationAuthority<>(
          new Ledger<>(transactions, journal),
          PKI.host(clock),
          PKI.subscriberCertificates(pool),
          IssuanceRules.bank(ZoneId.of("Asia/Tokyo")));

  @AfterEach
  void closePool() {
    pool.close();
  }

  @Test
  @Tag("A1")
  @DisplayName("A1: issued on 2026-11-22 it is good through 2027-11-22 23:59:59 JST")
  void issuesForThreeHundredSixtySixDays() {
    IssueOutcome.Issued issued = issued(issue());

    X509Certificate certificate = TestPki.x509(issued.certificate());
    assertThat(certificate.getNotAfter().toInstant())
        .isEqualTo(Instant.parse("2027-11-22T14:59:59Z"));
    assertThat(certificate.getNotBefore().toInstant())
        .isEqualTo(TestPki.NOW.minus(Duration.ofMinutes(5)));
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=user001,O=さくら商事株式会社,C=JP");
    assertThat(certificate.getSerialNumber()).isEqualTo(issued.entry().serialNumber().value());
  }

  @Test
  void recordsEachStep() {
    IssueOutcome.Issued issued = issued(issue());

    assertThat(transactions.entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.state()).isEqualTo(LedgerState.ISSUED));
    assertThat(transactions.encoded(issued.entry().serialNumber())).contains(issued.certificate());
    assertThat(journal.reserved()).containsExactly(issued.entry().serialNumber());
    assertThat(journal.signed(issued.entry().serialNumber())).contains(issued.certificate());
    assertThat(transactions.auditEvents())
        .extracting(AuditEvent::action)
        .containsExactly(AuditAction.CERTIFICATE_PREPARED, AuditAction.CERTIFICATE_ISSUED);
  }

  @Test
  @Tag("A3")
  @DisplayName("A3: a second certificate is refused until the renewal window opens")
  void refusesUntilTheWindowOpens() {
    issue();
    Instant opens = Instant.parse("2027-10-22T15:00:00Z"); // 00:00 JST on 2027-10-23
    clock.advance(Duration.between(clock.instant(), opens.minusSeconds(1)));

    IssueOutcome refused = issue();
    assertThat(refused).isInstanceOf(IssueOutcome.Refused.class);
    assertThat(((IssueOutcome.Refused) refused).decision())
        .isInstanceOfSatisfying(
            IssuanceDecision.TooEarly.class,
            tooEarly -> assertThat(tooEarly.renewalOpens()).isEqualTo(opens));
    assertThat(transactions.auditEvents())
        .last()
        .satisfies(event -> assertThat(event.action()).isEqualTo(AuditAction.ISSUE_REFUSED));

    clock.advance(Duration.ofSeconds(1));
    assertThat(issue()).isInstanceOf(IssueOutcome.Issued.class);
  }

  @Test
  @Tag("A5")
  @DisplayName("A5: after expiry a new one is issued with no bank involved")
  void issuesAgainAfterExpiry() {
    issue();
    clock.advance(Duration.ofDays(367));

    assertThat(issue()).isInstanceOf(IssueOutcome.Issued.class);
  }

  @Test
  @Tag("A8")
  @DisplayName("A8: of 50 issues at once by one user exactly one succeeds")
  void issuesOnceInParallel() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      List<Future<IssueOutcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        outcomes.add(threads.submit(this::issue));
      }
      int issued = 0;
      for (Future<IssueOutcome> outcome : outcomes) {
        issued += outcome.get().fold(it -> 1, it -> 0);
      }
      assertThat(issued).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(transactions.entries())
        .extracting(CertificateRecord::state)
        .containsExactly(LedgerState.ISSUED);
  }

  @Test
  @DisplayName("S12: a clock off the database's by more than 60 s stops signing")
  void refusesUnderASuspiciousClock() {
    transactions.databaseClockAhead(Duration.ofSeconds(61));
    assertThatThrownBy(this::issue).isInstanceOf(ClockSuspiciousException.class);
    assertThat(transactions.entries()).isEmpty();

    transactions.databaseClockAhead(Duration.ofMinutes(-1));
    assertThat(issue()).isInstanceOf(IssueOutcome.Issued.class);
  }

  @Test
  @DisplayName("S12: a clock that steps back stops signing")
  void refusesAfterABackwardStep() {
    issue();
    clock.advance(Duration.ofSeconds(-61));
    assertThatThrownBy(this::issue)
        .isInstanceOf(ClockSuspiciousException.class)
        .hasMessageContaining("it already said");
  }

  @Test
  void refusesAStranger() {
    transactions.withoutSubscriber(REQUEST.subscriber());
    assertThatThrownBy(this::issue)
        .isInstanceOf(UnknownSubscriberException.class)
        .hasMessageContaining("u-1");
  }

  @Test
  @Tag("B11")
  void tellsBeforehandWhatItWouldDecide() {
    assertThat(decision()).isInstanceOf(IssuanceDecision.Granted.class);
    issue();
    assertThat(decision()).isInstanceOf(IssuanceDecision.TooEarly.class);
  }

  private IssuanceDecision decision() {
    return transactions.inTransaction(stores -> authority.mayIssue(stores, REQUEST.subscriber()));
  }

  private IssueOutcome issue() {
    return authority.issue(REQUEST, PASSPHRASE, (stores, issued) -> {});
  }

  private static IssueOutcome.Issued issued(IssueOutcome outcome) {
    return outcome.fold(
        it -> it,
        refused -> {
          throw new AssertionError(refused);
        });
  }
}
