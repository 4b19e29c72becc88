package dev.inkan.server.store;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import java.time.Instant;

/** One record of the journal. */
public sealed interface JournalRecord {

  /** The serial number the record is about. */
  SerialNumber serialNumber();

  /** When it was written, to the microsecond. */
  Instant at();

  record SerialReserved(SerialNumber serialNumber, Instant at) implements JournalRecord {}

  record Issued(SerialNumber serialNumber, SubscriberId subscriber, Der certificate, Instant at)
      implements JournalRecord {}

  record Revoked(SerialNumber serialNumber, CertificateStatus.Revoked revocation)
      implements JournalRecord {
    @Override
    public Instant at() {
      return revocation.at();
    }
  }
}
