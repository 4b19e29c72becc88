package dev.inkan.server.simulation;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.Validity;
import java.time.Instant;

/** Something that ends by itself some day. */
public sealed interface Ending {

  /** A user's newest certificate, which counts: whoever does not renew it has none afterwards. */
  record UserCertificate(String userId, Validity validity) implements Ending {}

  /**
   * A certificate of the installation itself.
   *
   * @param serialNumber in hexadecimal digits; not every web certificate is of our making
   */
  record OwnCertificate(CertificateKind kind, String serialNumber, Validity validity)
      implements Ending {}

  /** A password that somebody else set. */
  record InitialPassword(String userId, Instant end) implements Ending {}

  /** The letter to an organisation's master user. */
  record Invitation(String organisation, Instant end) implements Ending {}

  /**
   * A lock.
   *
   * @param whose a user ID, or an organisation's number for the lock on its letter
   */
  record Lock(String whose, Instant end) implements Ending {}
}
