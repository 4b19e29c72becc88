package dev.inkan.server.registration.certificate;

import dev.inkan.server.registration.application.ApplicationStores;

/** What the life of a certificate needs remembered, in one transaction. */
public interface CertificateStores extends ApplicationStores {

  HolderStore holders();

  CalendarStore calendar();
}
