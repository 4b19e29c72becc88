package dev.inkan.server.installation;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.health.OwnCertificate;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** An issuing CA that signs, as those know it who have its key and those who have not. */
public record Signer(CaName name, Der certificate) {

  /**
   * Its certificate as one of the installation's own.
   *
   * @param active the CA that issues
   */
  public OwnCertificate own(Signer active) {
    X509Certificate parsed = Authorities.parse(certificate);
    Instant end = parsed.getNotAfter().toInstant();
    return Generation.numberOf(name) < Generation.numberOf(active.name)
        ? OwnCertificate.former(name, end)
        : OwnCertificate.issuing(name, end);
  }
}
