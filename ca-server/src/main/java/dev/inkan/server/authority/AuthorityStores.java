package dev.inkan.server.authority;

import dev.inkan.core.store.Stores;

/** The ledger and the CAs themselves, in one transaction. */
public interface AuthorityStores extends Stores {

  IssuingCaStore issuingCas();

  StatusResponderStore statusResponders();
}
