package dev.inkan.server.registration.application;

import dev.inkan.server.registration.access.AccessStores;

/** What applications for a certificate need remembered, in one transaction. */
public interface ApplicationStores extends AccessStores {

  ApplicationStore applications();
}
