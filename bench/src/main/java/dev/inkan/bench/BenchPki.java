package dev.inkan.bench;

import dev.inkan.core.authority.Ceremony;
import dev.inkan.core.authority.CeremonyPlan;
import dev.inkan.core.authority.CeremonyResult;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.IssuingCa;
import dev.inkan.core.authority.OcspResponderCertificates;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.policy.KeyPolicy;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;

/** CAs as {@code init} makes them, P-384, and an OCSP responder, P-256, on the fastest provider. */
final class BenchPki {

  private static final CeremonyPlan.Publication PUBLICATION =
      CeremonyPlan.Publication.below(URI.create("http://pki.example:8080"), "issuing");
  private static final PolicyIdentifiers POLICIES = PolicyIdentifiers.below("1.3.6.1.4.1.32473.1");

  private final SecureRandom random = new SecureRandom();
  private final CryptoProviders providers = CryptoProviders.fastest(random);
  private final Host host = new Host(Clock.systemUTC(), random, new NodeName("bench"));
  private final CeremonyResult ceremony =
      new Ceremony(host, providers)
          .perform(
              new CeremonyPlan(
                  "Bench",
                  "Bench Root",
                  "Bench Issuing",
                  KeyAlgorithm.P_384,
                  PUBLICATION,
                  POLICIES));

  CryptoProviders providers() {
    return providers;
  }

  SecureRandom random() {
    return random;
  }

  Credential issuing() {
    return ceremony.issuing().credential();
  }

  AuthorityUris uris() {
    return PUBLICATION.issuing();
  }

  Issuer issuer() {
    return Issuer.of(issuing().certificate(), uris());
  }

  Credential responder() {
    IssuingCa ca =
        new IssuingCa(
            CaName.ISSUING, issuing(), uris(), POLICIES, KeyPolicy.BANK, providers, random);
    return new OcspResponderCertificates(ca, host, new KeyPairFactory(providers, random))
        .make("Bench")
        .credential();
  }
}
