package dev.inkan.server;

import dev.inkan.core.authority.Ceremony;
import dev.inkan.core.authority.CeremonyPlan;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.IssuingCa;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.CertificateProfile;
import dev.inkan.core.issue.CertificateTemplate;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.server.client.Leaf;
import dev.inkan.server.client.Site;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Authorities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Subscribers' certificates as files, signed as the product signs them and by our CA's very key; or
 * by another CA of its name. The ledger hears nothing of them.
 */
final class SignedLeaves {

  private final InkanConfig config;
  private final Host host;
  private final Site site;
  private final IssuingCa ours;
  private final IssuingCa foreign;
  private final KeyPairGenerator keys;

  /** Writes the CAs' certificates to where clients look for them. */
  SignedLeaves(InkanConfig config, Authorities authorities, Host host, Site site) {
    this.config = config;
    this.host = host;
    this.site = site;
    this.ours = ca(authorities, authorities.issuing());
    this.foreign = ca(authorities, stranger(authorities));
    try {
      this.keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(new ECGenParameterSpec("secp256r1"));
      Files.writeString(site.issuing(), Pem.certificates(ours.chain().subList(0, 1)));
      Files.writeString(site.root(), Pem.certificates(ours.chain().subList(1, 2)));
      Files.writeString(site.chain(), Pem.certificates(ours.chain()));
      Files.writeString(
          site.folder().resolve("foreign.pem"), Pem.certificates(foreign.chain().subList(0, 1)));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private IssuingCa ca(Authorities authorities, IssuerKey key) {
    return new IssuingCa(
        CaName.ISSUING,
        key,
        AuthorityUris.below(config.status().baseUrl(), CaName.ISSUING.value()),
        policies(),
        KeyPolicy.BANK,
        authorities.providers(),
        host.random());
  }

  /** As old as ours, and of its name. */
  private IssuerKey stranger(Authorities authorities) {
    Instant made = authorities.chain().get(0).getNotBefore().toInstant();
    Clock then = Clock.offset(host.clock(), Duration.between(host.clock().instant(), made));
    String bank = config.bank().name();
    CeremonyPlan plan =
        new CeremonyPlan(
            bank,
            bank + " Root CA",
            bank + " Issuing CA 1",
            KeyAlgorithm.P_384,
            CeremonyPlan.Publication.below(config.status().baseUrl(), CaName.ISSUING.value()),
            policies());
    return new Ceremony(new Host(then, host.random(), host.node()), authorities.providers())
        .perform(plan)
        .issuing()
        .credential();
  }

  private PolicyIdentifiers policies() {
    return PolicyIdentifiers.below(config.authority().policyOid());
  }

  /** One more. */
  Leaf make(Validity validity, boolean byForeign) {
    SerialNumber serialNumber = SerialNumber.random(host.random());
    IssuingCa issuer = byForeign ? foreign : ours;
    Der der =
        issuer.certify(
            new CertificateTemplate(
                CertificateProfile.subscriber(issuer.policies()),
                serialNumber,
                validity,
                SubjectName.of("みほん教職員組合", "yamada001"),
                keys.generateKeyPair().getPublic()));
    Path pem = site.folder().resolve(serialNumber + ".pem");
    boolean ended = validity.end().isBefore(host.clock().instant());
    Leaf leaf = new Leaf(serialNumber, pem, byForeign, ended);
    try {
      Files.writeString(pem, Pem.certificates(List.of(der)));
      Files.write(leaf.der(), der.toByteArray());
      return leaf;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its octets. */
  Der read(Leaf leaf) {
    try {
      return Der.copyOf(Files.readAllBytes(leaf.der()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
