package dev.inkan.server.registration;

import dev.inkan.server.registration.administration.AdministrationStores;
import dev.inkan.server.registration.certificate.CertificateStores;
import dev.inkan.server.registration.master.MasterRegistrationStores;

/** The core's stores and all of the registration authority's own, in one transaction. */
public interface RegistrationStores
    extends AdministrationStores, CertificateStores, MasterRegistrationStores {}
