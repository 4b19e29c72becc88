package dev.inkan.server;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Host;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.registration.MasterInvitations;
import dev.inkan.server.registration.MasterLocks;
import dev.inkan.server.registration.Organisations;

/**
 * What the bank's staff do with organisations and their master users.
 *
 * @param actor who does it: the node, whose commands know no operators
 */
record BankDesks(
    Organisations organisations, MasterInvitations invitations, MasterLocks locks, Actor actor) {

  static BankDesks of(Storage storage, InkanConfig config, Host host) {
    MasterInvitations invitations =
        new MasterInvitations(
            storage.transactions(),
            Registration.hasher(config, host),
            config.registration().initialPasswordLifetime(),
            host.clock(),
            host.random());
    return new BankDesks(
        new Organisations(storage.transactions(), invitations, host.clock()),
        invitations,
        new MasterLocks(storage.transactions(), host.clock()),
        new Actor(Actor.Kind.SYSTEM, host.node().value()));
  }
}
