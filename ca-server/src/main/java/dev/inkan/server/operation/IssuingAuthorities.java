package dev.inkan.server.operation;

import dev.inkan.core.api.AuthorityCertificate;
import dev.inkan.core.api.IssuingAuthority;
import dev.inkan.core.api.IssuingAuthorityState;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.authority.IssuingCaStore;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The installation's CAs as operators are told of them. */
public final class IssuingAuthorities {

  private IssuingAuthorities() {}

  /** Every issuing CA that the database knows, the oldest first, as it stands at {@code now}. */
  static List<IssuingAuthority> told(IssuingCaStore store, Instant now) {
    Generations all = store.all();
    return all.all().stream().map(it -> told(store, all, it, now)).toList();
  }

  private static IssuingAuthority told(
      IssuingCaStore store, Generations all, Generation ca, Instant now) {
    Optional<IssuingCaStore.NewestCrl> crl = store.newestCrl(ca.name());
    return new IssuingAuthority(
        ca.name().value(),
        IssuingAuthorityState.valueOf(all.standing(ca, now).name()),
        ca.certificate().map(IssuingAuthorities::described),
        ca.issuesFrom().filter(it -> ca.number() > Generation.FIRST),
        ca.retired(),
        crl.map(it -> it.number().toString()),
        crl.map(IssuingCaStore.NewestCrl::nextUpdate),
        store.responderEnd(ca.name()));
  }

  /** A certificate of the CA's own. */
  public static AuthorityCertificate described(Der der) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
      return new AuthorityCertificate(
          certificate.getSubjectX500Principal().getName(),
          new SerialNumber(certificate.getSerialNumber()).toString(),
          Fingerprint.of(der).hex(),
          certificate.getNotBefore().toInstant(),
          certificate.getNotAfter().toInstant());
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate of the CA's own was read before", e);
    }
  }
}
