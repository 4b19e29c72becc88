package dev.inkan.server.service;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Host;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.registration.invitation.MasterInvitations;
import dev.inkan.server.registration.invitation.Organisations;

/**
 * What is done to organisations and their master users where there are no operators: in a
 * demonstration.
 *
 * @param actor who does it: the node
 */
public record BankDesks(Organisations organisations, MasterInvitations invitations, Actor actor) {

  public static BankDesks of(Storage storage, InkanConfig config, Host host) {
    MasterInvitations invitations =
        new MasterInvitations(
            storage.transactions(),
            Registration.hasher(config, host),
            config.registration().initialPasswordLifetime(),
            host.clock(),
            host.random());
    return new BankDesks(
        new Organisations(invitations, host.clock()),
        invitations,
        new Actor(Actor.Kind.SYSTEM, host.node().value()));
  }
}
