package dev.inkan.server.store;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Which of the installation's issuing CAs a certificate names as its issuer. */
final class IssuerNames {

  private final IssuingCaRegister register;

  IssuerNames(Database database) {
    this.register = new IssuingCaRegister(database);
  }

  /** The name; empty if it is none of them. Distinguished names are unique among them. */
  Optional<CaName> find(Der certificate) {
    Generations all = register.all();
    if (all.first().certificate().isEmpty()) {
      return Optional.of(all.first().name()); // from before there were more, and not seen yet
    }
    X509Certificate issued = parse(certificate);
    return all.all().stream()
        .filter(
            ca ->
                ca.certificate()
                    .filter(
                        it ->
                            parse(it)
                                .getSubjectX500Principal()
                                .equals(issued.getIssuerX500Principal()))
                    .isPresent())
        .map(Generation::name)
        .findFirst();
  }

  private static X509Certificate parse(Der certificate) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.toByteArray()));
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate that was written can be read", e);
    }
  }
}
