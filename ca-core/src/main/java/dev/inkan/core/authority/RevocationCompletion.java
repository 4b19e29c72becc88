package dev.inkan.core.authority;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.store.Stores;

/**
 * What the embedding application writes in the very transaction that makes a certificate revoked:
 * the mail to its holder, the request it was revoked on. If it throws, the ledger is not changed;
 * the journal tells of the revocation all the same, so it is to be repeated.
 *
 * @param <S> the application's stores
 */
@FunctionalInterface
public interface RevocationCompletion<S extends Stores> {

  /**
   * Called once per certificate, by whoever revoked it first.
   *
   * @param revoked the entry as it now stands
   */
  void revoked(S stores, CertificateRecord revoked);
}
