package dev.inkan.server.registration;

import dev.inkan.core.store.Stores;

/** The core's stores and the registration authority's own, in one transaction. */
public interface RegistrationStores extends Stores {

  UserStore users();

  SessionStore sessions();

  ApplicationStore applications();

  AddressChangeStore addressChanges();

  DirectoryStore directory();

  HolderStore holders();

  OrganisationStore organisations();

  InvitationStore invitations();

  CalendarStore calendar();

  MasterStore masters();

  MasterRegistrationStore registrations();

  Outbox outbox();

  MailRegister mails();
}
