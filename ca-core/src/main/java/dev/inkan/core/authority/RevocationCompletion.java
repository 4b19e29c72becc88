package dev.inkan.core.authority;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.store.Stores;

/**
 * What the embedding application writes in the very transaction that revokes, holds or releases a
 * certificate: the mail to its holder, the request it was done on. If it throws, the ledger is not
 * changed; of a revocation or hold the journal tells all the same, so it is to be repeated.
 *
 * @param <S> the application's stores
 */
@FunctionalInterface
public interface RevocationCompletion<S extends Stores> {

  /**
   * Called once per change, by whoever made it.
   *
   * @param changed the entry as it now stands
   */
  void complete(S stores, CertificateRecord changed);
}
