package dev.inkan.server.registration.certificate;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.policy.ExpiryNotices;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who has to be told that their certificate ends, inside one transaction. A notice is about a
 * subscriber's certificate that is issued, not revoked and not renewed, of a user who is not
 * removed.
 */
public interface CalendarStore {

  /**
   * Certificates that {@code round}'s notice is due for and not told of, by serial number.
   *
   * @param after the last serial number of the page before
   */
  List<CertificateRecord> due(ExpiryNotices.Round round, Optional<SerialNumber> after, int limit);

  /**
   * Notes that the holder is told, if that is still due; call it with the subscriber locked.
   *
   * @return false if it no longer is: told, renewed or revoked meanwhile
   */
  boolean note(SerialNumber serialNumber, ExpiryNotices.Round round, Instant at);
}
