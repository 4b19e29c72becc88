package dev.inkan.server.registration.user;

import dev.inkan.core.store.Stores;

/** The ledger, and who is registered, in one transaction. */
public interface UserStores extends Stores {

  UserStore users();

  OrganisationStore organisations();
}
