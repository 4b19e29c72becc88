package dev.inkan.server.registration.invitation;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.server.registration.user.Organisation;
import java.time.Clock;
import java.util.Optional;

/** Where the bank keeps its member organisations (C1). Safe for several threads. */
public final class Organisations {

  private final MasterInvitations invitations;
  private final Clock clock;

  public Organisations(MasterInvitations invitations, Clock clock) {
    this.invitations = invitations;
    this.clock = clock;
  }

  /**
   * Adds the organisation and invites its master user, both or neither.
   *
   * @param by who does it
   */
  public AddOutcome add(Organisation organisation, Actor by) {
    return invitations.drawn(
        (stores, drawn) -> {
          if (!stores.organisations().add(organisation)) {
            return new AddOutcome.NumberTaken(
                stores.organisations().find(organisation.number()).orElse(organisation));
          }
          stores
              .audit()
              .append(
                  new AuditEvent(
                      clock.instant(),
                      by,
                      AuditAction.ORGANISATION_ADDED,
                      Optional.empty(),
                      Optional.empty(),
                      organisation.number() + " " + organisation.name()));
          return new AddOutcome.Added(invitations.invite(stores, organisation, drawn, by));
        },
        AddOutcome.Added.class);
  }
}
