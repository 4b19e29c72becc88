package dev.inkan.server;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Host;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.registration.MasterInvitations;
import dev.inkan.server.registration.Organisations;

/**
 * What is done to organisations and their master users where there are no operators: in a
 * demonstration.
 *
 * @param actor who does it: the node
 */
record BankDesks(Organisations organisations, MasterInvitations invitations, Actor actor) {

  static BankDesks of(Storage storage, InkanConfig config, Host host) {
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
