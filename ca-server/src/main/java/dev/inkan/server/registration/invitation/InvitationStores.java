package dev.inkan.server.registration.invitation;

import dev.inkan.server.registration.application.ApplicationStores;

/** What letters to master users need remembered, in one transaction. */
public interface InvitationStores extends ApplicationStores {

  InvitationStore invitations();

  MasterStore masters();
}
