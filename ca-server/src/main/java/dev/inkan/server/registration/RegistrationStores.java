package dev.inkan.server.registration;

import dev.inkan.core.store.Stores;

/** The core's stores and the registration authority's own, in one transaction. */
public interface RegistrationStores extends Stores {

  UserStore users();

  SessionStore sessions();

  ApplicationStore applications();

  Outbox outbox();
}
