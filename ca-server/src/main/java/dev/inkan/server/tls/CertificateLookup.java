package dev.inkan.server.tls;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Fingerprint;
import java.util.Optional;

/** The ledger, as far as the reader of client certificates needs it. Called by many threads. */
@FunctionalInterface
public interface CertificateLookup {

  /**
   * The entry whose stored certificate has this fingerprint.
   *
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be asked
   */
  Optional<CertificateRecord> find(Fingerprint fingerprint);
}
