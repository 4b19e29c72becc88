package dev.inkan.server.registration.master;

import dev.inkan.server.registration.invitation.InvitationStores;

/** What the registration with a letter needs remembered, in one transaction. */
public interface MasterRegistrationStores extends InvitationStores {

  MasterRegistrationStore registrations();
}
