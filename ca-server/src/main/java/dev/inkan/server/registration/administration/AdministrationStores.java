package dev.inkan.server.registration.administration;

import dev.inkan.server.registration.application.ApplicationStores;

/** What the administration of users needs remembered, in one transaction. */
public interface AdministrationStores extends ApplicationStores {

  DirectoryStore directory();

  AddressChangeStore addressChanges();
}
