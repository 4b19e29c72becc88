package dev.inkan.admin.command.cert;

import dev.inkan.admin.command.CertificateView;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.StoppedException;
import dev.inkan.admin.output.Serials;
import dev.inkan.admin.output.Times;
import dev.inkan.admin.output.Words;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;

/** What can still be done with a certificate, in words. */
final class CertificateStanding {

  private CertificateStanding() {}

  /**
   * Refuses what is revoked already.
   *
   * @throws StoppedException if it is
   */
  static void requireUnrevoked(Certificate certificate, Times times) {
    if (certificate.state() == CertificateState.REVOKED) {
      throw refused(certificate, " is already revoked" + when(certificate, times));
    }
  }

  /**
   * Refuses what is not on hold.
   *
   * @throws StoppedException if it is not
   */
  static void requireHeld(Certificate certificate, Times times) {
    requireUnrevoked(certificate, times);
    if (certificate.state() != CertificateState.HELD) {
      throw refused(certificate, " is not on hold: it is " + Words.of(certificate.state()));
    }
  }

  /**
   * Refuses what is on hold already, or revoked.
   *
   * @throws StoppedException if it is
   */
  static void requireUnheld(Certificate certificate, Times times) {
    requireUnrevoked(certificate, times);
    if (certificate.state() == CertificateState.HELD) {
      throw refused(certificate, " is already on hold" + when(certificate, times));
    }
  }

  /** {@code certificate 7f3a…c21e of yamada01: revoked (2026-11-20 10:02, key compromise)}. */
  static String sentence(Certificate certificate, Times times) {
    return "certificate "
        + Serials.brief(certificate.serialNumber())
        + certificate.userId().map(it -> " of " + it).orElse("")
        + ": "
        + Words.of(certificate.state())
        + when(certificate, times);
  }

  private static String when(Certificate certificate, Times times) {
    return certificate
        .revocation()
        .map(it -> " (" + CertificateView.described(it, times) + ")")
        .orElse("");
  }

  private static StoppedException refused(Certificate certificate, String why) {
    return new StoppedException(
        ExitStatus.REFUSED,
        "certificate " + Serials.brief(certificate.serialNumber()) + why,
        "inkan-admin cert show " + Serials.beginning(certificate.serialNumber()));
  }
}
