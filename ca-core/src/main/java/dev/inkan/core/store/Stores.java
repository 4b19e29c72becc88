package dev.inkan.core.store;

import dev.inkan.core.audit.AuditTrail;
import java.time.Instant;

/** The stores as one transaction sees them. Not to be used after it ended. */
public interface Stores {

  /** The ledger. */
  CertificateStore certificates();

  /** The audit trail. */
  AuditTrail audit();

  /** The time by the database's own clock, against which the process's clock is held. */
  Instant databaseTime();
}
