package dev.inkan.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.IssueOutcome;
import dev.inkan.core.authority.SubscriberRequest;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.store.Stores;
import dev.inkan.core.testing.InMemoryTransactions;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.core.testing.TestPki;
import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import org.junit.jupiter.api.Test;

class EmbeddedAuthorityTest {

  @Test
  void issuesACertificateThatOpens() throws Exception {
    MutableClock clock = new MutableClock(TestPki.NOW);
    CertificationAuthority<Stores> authority =
        EmbeddedAuthority.create(
            new InMemoryTransactions(clock),
            new RecordingJournal(),
            clock,
            failure -> {
              throw new AssertionError(failure);
            });
    char[] password = "Passw0rd!".toCharArray();
    IssueOutcome outcome;
    try (Passphrase passphrase = Passphrase.copyOf(password)) {
      outcome =
          authority.issue(
              new SubscriberRequest(new SubscriberId("1"), "Example", "user001"),
              passphrase,
              (stores, issued) -> {});
    }

    assertThat(outcome).isInstanceOf(IssueOutcome.Issued.class);
    KeyStore file = KeyStore.getInstance("PKCS12");
    file.load(
        new ByteArrayInputStream(((IssueOutcome.Issued) outcome).pfx().toByteArray()), password);
    assertThat(file.getKey("user001", password)).isNotNull();
    assertThat(file.getCertificateChain("user001")).hasSize(2);
  }
}
