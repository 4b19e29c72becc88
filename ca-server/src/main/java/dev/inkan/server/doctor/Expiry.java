package dev.inkan.server.doctor;

import dev.inkan.server.health.ExpiryWatch;
import dev.inkan.server.health.OwnCertificate;
import java.time.Instant;

/** What the end of one of the installation's own certificates is worth. */
final class Expiry {

  private Expiry() {}

  static Finding of(String part, OwnCertificate certificate, Instant now) {
    String sentence = ExpiryWatch.sentence(certificate, now);
    String what = sentence.substring(0, sentence.length() - certificate.mend().length() - 2);
    if (certificate.left(now).isNegative() || certificate.left(now).isZero()) {
      return Finding.fault(part, what, why(certificate), certificate.mend());
    }
    return certificate.warningsDue(now) > 0
        ? Finding.warning(part, what, why(certificate), certificate.mend())
        : Finding.ok(part, what);
  }

  private static String why(OwnCertificate certificate) {
    String name = certificate.name();
    if (OwnCertificate.isIssuing(name)) {
      return "at its end nothing under it counts any more";
    }
    if (OwnCertificate.isResponder(name)) {
      return "at its end OCSP questions are not answered, and gateways refuse everybody";
    }
    return switch (name) {
      case "root" -> "at its end nothing under it counts any more";
      case "web" -> "at its end browsers refuse to come";
      case "audit" -> "at its end the audit trail is no longer signed";
      default -> "at its end its holder cannot come in";
    };
  }
}
