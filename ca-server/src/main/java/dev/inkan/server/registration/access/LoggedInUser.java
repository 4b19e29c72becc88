package dev.inkan.server.registration.access;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.server.registration.user.User;
import java.util.List;

/**
 * A logged-in user and the certificates they have (C7).
 *
 * @param certificate the one they came with
 * @param valid all that are valid now, in the order of issue: two after a renewal (A7)
 * @param renewal whether a new one may be issued now, and if not, from when on
 */
public record LoggedInUser(
    User user,
    CertificateRecord certificate,
    List<CertificateRecord> valid,
    IssuanceDecision renewal) {

  public LoggedInUser {
    valid = List.copyOf(valid);
  }

  /** Whether they renewed and came with the old one: the new one is to be used from now. */
  public boolean hasNewer() {
    return renewal instanceof IssuanceDecision.TooEarly early
        && !early.current().equals(certificate.serialNumber());
  }
}
