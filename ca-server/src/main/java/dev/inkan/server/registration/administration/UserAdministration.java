package dev.inkan.server.registration.administration;

import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.HashingGate;
import dev.inkan.server.registration.secret.InitialPasswords;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.user.AccountState;
import dev.inkan.server.registration.user.DuplicateUserException;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a master user does to the general users of the organisation (C4, B10). Every act is written
 * to the audit trail in the master user's name, in its own transaction. Safe for several threads.
 */
public final class UserAdministration {

  private final MasterActs acts;
  private final PasswordHasher hasher;
  private final HashingGate gate;
  private final InitialPasswords passwords;
  private final Duration lifetime;
  private final Chance chance;

  /**
   * @param gate the one that log-ins pass as well
   * @param lifetime how long an initial password can be used
   */
  public UserAdministration(
      Transactions<? extends AdministrationStores> transactions,
      PasswordHasher hasher,
      HashingGate gate,
      Duration lifetime,
      Chance chance) {
    this.acts = new MasterActs(transactions, chance.clock());
    this.hasher = hasher;
    this.gate = gate;
    this.passwords = new InitialPasswords(chance.random());
    this.lifetime = lifetime;
    this.chance = chance;
  }

  /** How long an initial password can be used. */
  public Duration lifetime() {
    return lifetime;
  }

  /** An initial password to propose; the caller closes it. */
  public LoginPassword suggestPassword() {
    return passwords.draw();
  }

  /** Creates a user, who is told by mail. The password is for the master user to hand over. */
  public Administered<CreateOutcome> create(
      SubscriberId actor, NewUser wanted, LoginPassword initialPassword) {
    Administered<Boolean> taken =
        acts.by(actor, office -> office.stores().users().find(wanted.userId()).isPresent());
    return taken.fold(
        known ->
            known
                ? acts.by(actor, office -> taken(office, wanted))
                : add(actor, wanted, initialPassword),
        Administered.NoSuchUser::new,
        Administered.NotAMaster::new);
  }

  private Administered<CreateOutcome> add(
      SubscriberId actor, NewUser wanted, LoginPassword initialPassword) {
    return gate.pass(() -> hasher.hash(initialPassword))
        .map(hash -> acts.by(actor, office -> add(office, wanted, hash)))
        .orElseGet(() -> done(new CreateOutcome.Busy()));
  }

  private static <T> Administered<T> done(T value) {
    return new Administered.Done<>(value);
  }

  private CreateOutcome add(MasterActs.Office office, NewUser wanted, PasswordHash hash) {
    Instant until = office.now().plus(lifetime);
    User user =
        new User(
            new SubscriberId(randomId().toString()),
            wanted.userId(),
            UserRole.GENERAL,
            office.master().organisation(),
            wanted.name(),
            wanted.mail(),
            office.master().language(),
            UserPassword.initial(hash, until),
            Attempts.NONE);
    try {
      office.stores().users().add(user);
    } catch (DuplicateUserException e) {
      // Somebody was faster, or the user ID is that of a removed user.
      return taken(office, wanted);
    }
    office.audit(user, AuditAction.USER_CREATED, user.userId().value());
    Notice notice = new Notice.Registered(user.userId(), user.role(), Optional.of(until));
    office.stores().outbox().add(OutgoingMail.to(user, notice));
    return new CreateOutcome.Created(user);
  }

  private static CreateOutcome taken(MasterActs.Office office, NewUser wanted) {
    office.auditRefusal("the user ID " + wanted.userId() + " is taken");
    return new CreateOutcome.UserIdTaken();
  }

  /**
   * Gives the user a new initial password. What was open with the old one ends: sessions, and a
   * certificate in the making, whose file would have the old password.
   */
  public Administered<InitialPasswordOutcome> initialisePassword(
      SubscriberId actor, UserId target) {
    Administered<UserId> allowed = acts.see(actor, target, act -> act.target().userId());
    return allowed.fold(
        userId -> initialise(actor, userId),
        Administered.NoSuchUser::new,
        Administered.NotAMaster::new);
  }

  private Administered<InitialPasswordOutcome> initialise(SubscriberId actor, UserId target) {
    LoginPassword password = passwords.draw();
    Administered<InitialPasswordOutcome> outcome =
        gate.pass(() -> hasher.hash(password))
            .map(hash -> acts.on(actor, target, act -> initialise(act, password, hash)))
            .orElseGet(() -> done(new InitialPasswordOutcome.Busy()));
    if (!isHandedOut(outcome)) {
      password.close();
    }
    return outcome;
  }

  private static boolean isHandedOut(Administered<InitialPasswordOutcome> outcome) {
    return outcome instanceof Administered.Done<InitialPasswordOutcome> done
        && done.value() instanceof InitialPasswordOutcome.Initialised;
  }

  private InitialPasswordOutcome initialise(
      MasterActs.Act act, LoginPassword password, PasswordHash hash) {
    User user = act.target();
    Instant until = act.now().plus(lifetime);
    act.stores().users().setPassword(user.id(), UserPassword.initial(hash, until));
    endAllOf(act);
    act.audit(AuditAction.PASSWORD_INITIALISED, user.userId().value());
    act.tell(new Notice.PasswordInitialised(user.userId(), user.role(), until));
    return new InitialPasswordOutcome.Initialised(user, password, until);
  }

  /** Ends a lock or a block: failures, locks and void codes count from 0 again (B10). */
  public Administered<UserUnlockOutcome> unlock(SubscriberId actor, UserId target) {
    return acts.on(
        actor,
        target,
        act -> {
          User user = act.target();
          AccountState state = AccountState.of(user, act.now());
          if (!state.refuses()) {
            return UserUnlockOutcome.NOT_LOCKED;
          }
          act.stores().users().unlock(user.id());
          act.audit(AuditAction.USER_UNLOCKED, user.userId() + " was " + state);
          act.tell(new Notice.Unlocked(user.userId()));
          return UserUnlockOutcome.UNLOCKED;
        });
  }

  /** Removes the user, who is out at once. It revokes nothing. */
  public Administered<User> remove(SubscriberId actor, UserId target) {
    return acts.on(
        actor,
        target,
        act -> {
          User user = act.target();
          act.stores().users().remove(user.id(), act.now());
          endAllOf(act);
          act.stores().addressChanges().endOf(user.id());
          act.audit(AuditAction.USER_REMOVED, user.userId().value());
          act.tell(new Notice.Removed(user.userId()));
          return user;
        });
  }

  private static void endAllOf(MasterActs.Act act) {
    SubscriberId user = act.target().id();
    act.stores().sessions().removeOf(user);
    act.stores().applications().cancelOf(user);
  }

  private UUID randomId() {
    return new UUID(chance.random().nextLong(), chance.random().nextLong());
  }
}
