package dev.inkan.example;

import dev.inkan.core.authority.*;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.key.*;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.core.store.*;
import java.net.URI;
import java.security.SecureRandom;
import java.time.*;
import java.util.function.Consumer;

/** A certification authority inside another program. */
public final class EmbeddedAuthority {

  private EmbeddedAuthority() {}

  /** Makes a fresh two-level authority over the application's own ledger. */
  public static <S extends Stores> CertificationAuthority<S> create(
      Transactions<S> transactions, Journal journal, Clock clock, Consumer<Exception> alarm) {
    SecureRandom random = new SecureRandom();
    Host host = new Host(clock, random, new NodeName("embedded"));
    CryptoProviders providers = CryptoProviders.fastest(random);
    PolicyIdentifiers policies = PolicyIdentifiers.below("1.3.6.1.4.1.99999.1");
    CeremonyPlan.Publication publication =
        CeremonyPlan.Publication.below(URI.create("http://pki.example"), "issuing");

    CeremonyPlan plan =
        new CeremonyPlan(
            "Example", "Root", "Issuing CA", KeyAlgorithm.P_384, publication, policies);
    Credential key = new Ceremony(host, providers).perform(plan).issuing().credential();

    KeyPairFactory keys = new KeyPairFactory(providers, random);
    KeyPool pool = new KeyPool(KeyAlgorithm.RSA_3072, 2, keys, alarm::accept);
    AuthorityUris uris = publication.issuing();
    IssuingCa issuingCa =
        new IssuingCa(CaName.ISSUING, key, uris, policies, KeyPolicy.BANK, providers, random);
    SubscriberPfx pfx = new SubscriberPfx(PfxSettings.standard(), random);
    return new CertificationAuthority<>(
        new Ledger<>(transactions, journal),
        host,
        new SubscriberCertificates(issuingCa, pool, pfx),
        IssuanceRules.bank(ZoneId.of("Asia/Tokyo")));
  }
}
