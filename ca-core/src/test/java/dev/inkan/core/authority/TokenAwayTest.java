package dev.inkan.core.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.authority.IssueFailedException.Stage;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.key.KeyUnavailableException;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.key.PfxSettings;
import dev.inkan.core.key.SubscriberPfx;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.core.store.Stores;
import dev.inkan.core.testing.InMemoryTransactions;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.core.testing.TestPki;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.operator.ContentSigner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The token is pulled out after a certificate was begun, and before it is signed. */
@Tag("S8")
@Tag("S18")
final class TokenAwayTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);

  private final MutableClock clock = new MutableClock(TestPki.NOW);
  private final InMemoryTransactions transactions = new InMemoryTransactions(clock);
  private final RecordingJournal journal = new RecordingJournal();
  private final KeyPool pool = PKI.pool();
  private final AtomicBoolean away = new AtomicBoolean();

  /** There when somebody asks, and gone when it is to sign. */
  private record Pulled(IssuerKey key, AtomicBoolean away) implements IssuerKey {

    @Override
    public String id() {
      return key.id();
    }

    @Override
    public Der certificate() {
      return key.certificate();
    }

    @Override
    public List<Der> chain() {
      return key.chain();
    }

    @Override
    public KeyAlgorithm algorithm() {
      return key.algorithm();
    }

    @Override
    public ContentSigner newSigner() {
      if (away.get()) {
        throw new KeyUnavailableException(
            id(), KeyUnavailableException.Reason.TOKEN_AWAY, "CKR_DEVICE_REMOVED");
      }
      return key.newSigner();
    }

    @Override
    public void requireReady() {
      key.requireReady();
    }
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  @DisplayName(
      "S8, S18: the entry is closed, its number never used again, nothing handed out; the next is"
          + " issued once the token is back")
  void pulledInTheMiddle() {
    CertificationAuthority<Stores> authority = authority();
    away.set(true);

    IssueFailedException failure =
        catchThrowableOfType(IssueFailedException.class, () -> issue(authority));

    assertThat(failure.stage()).isEqualTo(Stage.SIGN);
    assertThat(failure).hasRootCauseInstanceOf(KeyUnavailableException.class);
    CertificateRecord entry = transactions.entries().get(0);
    assertThat(entry.state()).isEqualTo(LedgerState.ABANDONED);
    assertThat(entry.revocation()).isPresent();
    assertThat(transactions.encoded(entry.serialNumber())).isEmpty();
    assertThat(journal.signed(entry.serialNumber())).isEmpty();
    assertThat(transactions.auditEvents())
        .last()
        .satisfies(it -> assertThat(it.action()).isEqualTo(AuditAction.CERTIFICATE_ABANDONED));

    away.set(false);
    assertThat(issue(authority)).isInstanceOf(IssueOutcome.Issued.class);
    assertThat(journal.reserved()).hasSize(2).doesNotHaveDuplicates();
  }

  private static IssueOutcome issue(CertificationAuthority<Stores> authority) {
    return authority.issue(
        new SubscriberRequest(new SubscriberId("u-1"), "さくら商事", "user001"),
        Passphrase.copyOf("Passw0rd!".toCharArray()),
        (stores, issued) -> {});
  }

  private CertificationAuthority<Stores> authority() {
    IssuingCa ca =
        new IssuingCa(
            CaName.ISSUING,
            new Pulled(PKI.issuing(), away),
            TestPki.PUBLICATION.issuing(),
            TestPki.POLICIES,
            KeyPolicy.BANK,
            PKI.providers(),
            PKI.random());
    PfxSettings fast = new PfxSettings(PfxSettings.Profile.MODERN, 1_000, false);
    return new CertificationAuthority<>(
        new Ledger<>(transactions, journal),
        PKI.host(clock),
        new SubscriberCertificates(ca, pool, new SubscriberPfx(fast, PKI.random())),
        IssuanceRules.bank(ZoneId.of("Asia/Tokyo")));
  }
}
