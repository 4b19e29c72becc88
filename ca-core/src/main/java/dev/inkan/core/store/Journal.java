package dev.inkan.core.store;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import java.time.Instant;

/**
 * An append-only record beside the database, of what must survive its loss. Each method returns
 * once the record is on stable storage. Safe for use by several threads.
 *
 * @see JournalUnavailableException
 */
public interface Journal {

  /** The serial number is taken, whatever becomes of it. */
  void serialReserved(SerialNumber serialNumber, Instant at);

  /** The certificate was signed and is about to be stored. */
  void issued(SerialNumber serialNumber, SubscriberId subscriber, Der certificate, Instant at);

  /** The certificate is revoked, or on hold, whatever a restored database may say. */
  void revoked(SerialNumber serialNumber, CertificateStatus.Revoked revocation);

  /**
   * The certificate's hold has ended.
   *
   * @param at later than the beginning of the hold
   */
  void released(SerialNumber serialNumber, Instant at);

  /** A CRL of this CA is about to be signed under this number. */
  void crlNumber(CaName ca, CrlNumber number, Instant at);
}
