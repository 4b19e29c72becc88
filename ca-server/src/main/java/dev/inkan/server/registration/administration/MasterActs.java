package dev.inkan.server.registration.administration;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserRole;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets a master user see and do what is theirs: the general users of their own organisation, and
 * nobody else (C4). Safe for several threads.
 */
final class MasterActs {

  private final Transactions<? extends AdministrationStores> transactions;
  private final Clock clock;

  MasterActs(Transactions<? extends AdministrationStores> transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Who is at work, with what, and when. */
  record Office(AdministrationStores stores, User master, Instant now) {

    void audit(User target, AuditAction action, String detail) {
      stores
          .audit()
          .append(
              new AuditEvent(
                  now,
                  new Actor(Actor.Kind.SUBSCRIBER, master.userId().value()),
                  action,
                  Optional.of(target.id()),
                  Optional.empty(),
                  detail));
    }

    void auditRefusal(String detail) {
      MasterActs.auditRefusal(stores, master, now, detail);
    }
  }

  /** An act on one general user, whom nobody else acts on meanwhile. */
  record Act(Office office, User target) {

    AdministrationStores stores() {
      return office.stores();
    }

    Instant now() {
      return office.now();
    }

    void audit(AuditAction action, String detail) {
      office.audit(target, action, detail);
    }

    void tell(Notice notice) {
      stores().outbox().add(OutgoingMail.to(target, notice));
    }
  }

  /** Does {@code work} if {@code actor} is a master user. */
  <T> Administered<T> by(SubscriberId actor, Function<Office, T> work) {
    return transactions.inTransaction(
        stores ->
            office(stores, actor)
                .<Administered<T>>map(office -> new Administered.Done<>(work.apply(office)))
                .orElseGet(() -> notAMaster(stores, actor)));
  }

  /** Does {@code work} to the general user, who stays locked until it is done. */
  <T> Administered<T> on(SubscriberId actor, UserId target, Function<Act, T> work) {
    return withTarget(actor, target, MasterActs::held, work);
  }

  /** Looks at the general user. */
  <T> Administered<T> see(SubscriberId actor, UserId target, Function<Act, T> work) {
    return withTarget(actor, target, (office, user) -> Optional.of(user), work);
  }

  private interface Hold {
    Optional<User> hold(Office office, User user);
  }

  private <T> Administered<T> withTarget(
      SubscriberId actor, UserId target, Hold hold, Function<Act, T> work) {
    return transactions.inTransaction(
        stores -> {
          Optional<Office> office = office(stores, actor);
          if (office.isEmpty()) {
            return notAMaster(stores, actor);
          }
          return stores
              .users()
              .find(target)
              .filter(user -> isTheirs(office.get().master(), user))
              .flatMap(user -> hold.hold(office.get(), user))
              .<Administered<T>>map(
                  user -> new Administered.Done<>(work.apply(new Act(office.get(), user))))
              .orElseGet(() -> noSuchUser(office.get(), target));
        });
  }

  private <T> Administered<T> notAMaster(AdministrationStores stores, SubscriberId actor) {
    stores
        .users()
        .find(actor)
        .ifPresent(user -> auditRefusal(stores, user, clock.instant(), "not a master user"));
    return new Administered.NotAMaster<>();
  }

  private static <T> Administered<T> noSuchUser(Office office, UserId target) {
    office.auditRefusal("no general user " + target + " in the organisation");
    return new Administered.NoSuchUser<>();
  }

  private static void auditRefusal(
      AdministrationStores stores, User actor, Instant now, String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                now,
                new Actor(Actor.Kind.SUBSCRIBER, actor.userId().value()),
                AuditAction.ADMINISTRATION_REFUSED,
                Optional.of(actor.id()),
                Optional.empty(),
                detail));
  }

  private Optional<Office> office(AdministrationStores stores, SubscriberId actor) {
    return stores
        .users()
        .find(actor)
        .filter(user -> user.role() == UserRole.MASTER)
        .map(master -> new Office(stores, master, clock.instant()));
  }

  private static boolean isTheirs(User master, User user) {
    return user.role() == UserRole.GENERAL
        && user.organisation().number().equals(master.organisation().number());
  }

  // What another transaction did to the user before this one got the lock has to be seen.
  private static Optional<User> held(Office office, User user) {
    AdministrationStores stores = office.stores();
    return stores.certificates().lock(user.id())
        ? stores.users().find(user.id())
        : Optional.empty();
  }
}
