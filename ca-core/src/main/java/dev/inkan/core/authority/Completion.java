package dev.inkan.core.authority;

import dev.inkan.core.store.Stores;

/**
 * What the embedding application writes in the very transaction that makes a certificate issued:
 * the file it hands out, the mail it sends. If it throws, the certificate is not issued.
 *
 * @param <S> the application's stores
 */
@FunctionalInterface
public interface Completion<S extends Stores> {

  void issued(S stores, IssueOutcome.Issued issued);
}
