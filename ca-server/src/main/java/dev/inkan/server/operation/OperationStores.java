package dev.inkan.server.operation;

import dev.inkan.server.authority.IssuingCaStore;
import dev.inkan.server.registration.RegistrationStores;

/** The registration authority's stores and the bank staff's own, in one transaction. */
public interface OperationStores extends RegistrationStores {

  IssuingCaStore issuingCas();

  OperatorStore operators();

  CertificateRegister certificateRegister();

  PeopleRegister people();

  RevocationRequestStore requests();

  AuditRegister auditRegister();

  MailBook mailBook();
}
