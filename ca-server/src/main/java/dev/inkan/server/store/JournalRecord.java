package dev.inkan.server.store;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import java.time.Instant;
import java.util.Optional;

/** One record of the journal. */
public sealed interface JournalRecord {

  /** When it was written, to the microsecond. */
  Instant at();

  /** One about a certificate. */
  sealed interface OfCertificate extends JournalRecord {

    /** The serial number the record is about. */
    SerialNumber serialNumber();
  }

  record SerialReserved(SerialNumber serialNumber, Instant at) implements OfCertificate {}

  record Issued(SerialNumber serialNumber, SubscriberId subscriber, Der certificate, Instant at)
      implements OfCertificate {}

  /** Revoked, or put on hold. */
  record Revoked(SerialNumber serialNumber, CertificateStatus.Revoked revocation)
      implements OfCertificate {
    @Override
    public Instant at() {
      return revocation.at();
    }
  }

  /** A hold has ended. */
  record Released(SerialNumber serialNumber, Instant at) implements OfCertificate {}

  /** A CRL number is used. */
  record CrlNumberUsed(CaName ca, CrlNumber number, Instant at) implements JournalRecord {}

  /**
   * An issuing CA is known to this node: what it issues has a certificate to stand under, whatever
   * database is restored.
   *
   * @param issuesFrom from when on it issues, once that is said
   */
  record IssuingCaKnown(CaName ca, Optional<Instant> issuesFrom, Der certificate, Instant at)
      implements JournalRecord {}
}
