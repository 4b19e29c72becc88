package dev.inkan.server.operation;

import dev.inkan.core.api.Letter;
import dev.inkan.core.api.NewOrganisation;
import dev.inkan.core.api.Organisation;
import dev.inkan.core.api.OrganisationAdded;
import dev.inkan.core.api.OrganisationChange;
import dev.inkan.core.api.OrganisationState;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.invitation.AddOutcome;
import dev.inkan.server.registration.invitation.IssuedInvitation;
import dev.inkan.server.registration.invitation.Organisations;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Member organisations: registered, suspended, resumed, closed (C1). Thread-safe. */
public final class OrganisationDesk {

  private static final int SHOWN = 100;

  private final Transactions<OperationStores> transactions;
  private final Organisations organisations;
  private final LetterPress letters;
  private final Clock clock;

  public OrganisationDesk(
      Transactions<OperationStores> transactions,
      Organisations organisations,
      LetterPress letters,
      Clock clock) {
    this.transactions = transactions;
    this.organisations = organisations;
    this.letters = letters;
    this.clock = clock;
  }

  /** Organisations in the order of their numbers. */
  public Page<Organisation> list(Optional<OrganisationState> state, Paging paging) {
    return transactions.inTransaction(
        stores -> stores.people().organisations(state, paging, clock.instant()));
  }

  public Outcome<Organisation> find(String number) {
    return Outcome.found(
        transactions.inTransaction(stores -> stores.people().organisation(number, clock.instant())),
        () -> unknown(number));
  }

  /** Registers one, and writes the letter to its master user. */
  public Outcome<OrganisationAdded> add(Caller caller, NewOrganisation wanted, boolean dryRun) {
    dev.inkan.server.registration.user.Organisation organisation;
    try {
      organisation =
          new dev.inkan.server.registration.user.Organisation(
              wanted.number(), wanted.name().strip());
    } catch (IllegalArgumentException e) {
      return Outcome.refused(
          Refusal.field(
              String.valueOf(e.getMessage()).contains("number") ? "number" : "name",
              String.valueOf(e.getMessage())));
    }
    if (dryRun) {
      return find(organisation.number()) instanceof Outcome.Done<Organisation> there
          ? Outcome.refused(taken(there.value().number(), there.value().name()))
          : Outcome.done(new OrganisationAdded(preview(organisation), Optional.empty()));
    }
    AddOutcome outcome = organisations.add(organisation, caller.actor());
    if (outcome instanceof AddOutcome.Added added) {
      try (IssuedInvitation issued = added.letter()) {
        Letter letter = letters.print(issued, true);
        return find(organisation.number())
            .then(it -> Outcome.done(new OrganisationAdded(it, Optional.of(letter))));
      }
    }
    var holder = ((AddOutcome.NumberTaken) outcome).holder();
    return Outcome.refused(taken(holder.number(), holder.name()));
  }

  private static Organisation preview(
      dev.inkan.server.registration.user.Organisation organisation) {
    return new Organisation(
        organisation.number(),
        organisation.name(),
        OrganisationState.ACTIVE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0);
  }

  /**
   * Nobody of it logs in, registers or is issued a certificate until it is resumed; who is logged
   * in is out. Its certificates keep their status, which is for {@code bulk} or holds to change.
   */
  public Outcome<OrganisationChange> suspend(
      Caller caller, String number, Optional<String> note, boolean dryRun) {
    return change(
        new Change(
            number,
            Set.of(OrganisationState.ACTIVE),
            OrganisationState.SUSPENDED,
            AuditAction.ORGANISATION_SUSPENDED,
            note,
            caller),
        dryRun);
  }

  public Outcome<OrganisationChange> resume(
      Caller caller, String number, Optional<String> note, boolean dryRun) {
    return change(
        new Change(
            number,
            Set.of(OrganisationState.SUSPENDED),
            OrganisationState.ACTIVE,
            AuditAction.ORGANISATION_RESUMED,
            note,
            caller),
        dryRun);
  }

  /** As suspended, for good. Refused while certificates of it count. */
  public Outcome<OrganisationChange> close(
      Caller caller, String number, Optional<String> note, boolean dryRun) {
    return change(
        new Change(
            number,
            Set.of(OrganisationState.ACTIVE, OrganisationState.SUSPENDED),
            OrganisationState.CLOSED,
            AuditAction.ORGANISATION_CLOSED,
            note,
            caller),
        dryRun);
  }

  private record Change(
      String number,
      Set<OrganisationState> from,
      OrganisationState to,
      AuditAction action,
      Optional<String> note,
      Caller caller) {}

  private Outcome<OrganisationChange> change(Change change, boolean dryRun) {
    Optional<Refusal> refusal = Checks.note("note", change.note());
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    return transactions.inTransaction(
        stores -> {
          Instant now = clock.instant();
          Optional<Organisation> found = stores.people().organisation(change.number(), now);
          if (found.isEmpty()) {
            return Outcome.refused(unknown(change.number()));
          }
          if (!change.from().contains(found.get().state())) {
            return Outcome.refused(wrongState(found.get()));
          }
          if (change.to() == OrganisationState.CLOSED && found.get().validCertificates() > 0) {
            return Outcome.refused(stillCounting(found.get()));
          }
          return dryRun
              ? Outcome.done(told(stores, found.get(), false, new Ended(0, 0)))
              : change(stores, change, found.get());
        });
  }

  private record Ended(int sessions, int applications) {}

  private Outcome<OrganisationChange> change(
      OperationStores stores, Change change, Organisation before) {
    Instant now = clock.instant();
    if (!stores.people().change(change.number(), change.from(), change.to(), now)) {
      return Outcome.refused(wrongState(before));
    }
    Ended ended =
        change.to() == OrganisationState.ACTIVE ? new Ended(0, 0) : endAll(stores, change.number());
    stores
        .audit()
        .append(
            new AuditEvent(
                now,
                change.caller().actor(),
                change.action(),
                Optional.empty(),
                Optional.empty(),
                change.number() + change.note().map(it -> ": " + it).orElse("")));
    Organisation after = stores.people().organisation(change.number(), now).orElseThrow();
    return Outcome.done(told(stores, after, true, ended));
  }

  private static Ended endAll(OperationStores stores, String number) {
    int sessions = 0;
    int applications = 0;
    for (SubscriberId user : stores.people().usersOf(number)) {
      applications += stores.applications().cancelOf(user);
      sessions += stores.sessions().removeOf(user);
    }
    return new Ended(sessions, applications);
  }

  private OrganisationChange told(
      OperationStores stores, Organisation organisation, boolean done, Ended ended) {
    return new OrganisationChange(
        organisation,
        done,
        ended.sessions(),
        ended.applications(),
        stores
            .certificateRegister()
            .list(
                CertificateSearch.validOfOrganisation(organisation.number()),
                Paging.first(SHOWN),
                clock.instant())
            .items());
  }

  private static Refusal wrongState(Organisation organisation) {
    return Refusal.of(
        ProblemType.WRONG_STATE,
        "organisation "
            + organisation.number()
            + " is "
            + organisation.state().name().toLowerCase(Locale.ROOT),
        "inkan-admin org show " + organisation.number());
  }

  private static Refusal stillCounting(Organisation organisation) {
    return Refusal.of(
        ProblemType.WRONG_STATE,
        organisation.validCertificates()
            + " certificates of organisation "
            + organisation.number()
            + " still count",
        "Suspend it and revoke them first: inkan-admin cert revoke --org " + organisation.number());
  }

  private static Refusal taken(String number, String name) {
    return Refusal.of(
        ProblemType.TAKEN,
        "number " + number + " is taken by " + name,
        "For a new letter: inkan-admin master initialise " + number);
  }

  static Refusal unknown(String number) {
    return Refusal.notFound("organisation", number, "inkan-admin org list shows them.");
  }
}
