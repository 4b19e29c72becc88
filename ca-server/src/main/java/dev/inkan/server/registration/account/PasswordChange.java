package dev.inkan.server.registration.account;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.access.Authenticator;
import dev.inkan.server.registration.access.LogIn;
import dev.inkan.server.registration.access.LoggedInUser;
import dev.inkan.server.registration.access.Session;
import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.application.ApplicationStores;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.user.User;
import java.time.Clock;
import java.util.Optional;

/**
 * A logged-in user changes their own password: because somebody else set the one so far (C5), or
 * because they want to. Everything else that was open with the password before ends. Safe for
 * several threads.
 */
public final class PasswordChange {

  private final Transactions<? extends ApplicationStores> transactions;
  private final Authenticator authenticator;
  private final LogIn logIn;
  private final Sessions sessions;
  private final NewPasswords passwords;
  private final Clock clock;

  public PasswordChange(
      Transactions<? extends ApplicationStores> transactions,
      Authenticator authenticator,
      LogIn logIn,
      Sessions sessions,
      NewPasswords passwords,
      Clock clock) {
    this.transactions = transactions;
    this.authenticator = authenticator;
    this.logIn = logIn;
    this.sessions = sessions;
    this.passwords = passwords;
    this.clock = clock;
  }

  /**
   * A wish for another password.
   *
   * @param current the password so far; not needed where somebody else set it, for it was typed to
   *     log in and opens nothing but this
   * @param source the address that asks
   */
  public record Wish(Optional<LoginPassword> current, LoginPassword chosen, String source) {}

  /** Changes the password of who is logged in. A wrong password so far counts as at the log-in. */
  public ChangeOutcome change(SessionToken token, LogIn.Presented presented, Wish wish) {
    Optional<LoggedInUser> found = logIn.find(token, presented);
    if (found.isEmpty()) {
      return new ChangeOutcome.NoSession();
    }
    Session here = new Session(token, presented);
    User user = found.get().user();
    if (user.password().isInitial()) {
      return user.password().isOverAt(clock.instant())
          ? new ChangeOutcome.InitialPasswordOver(user)
          : change(here, user, wish.chosen());
    }
    if (wish.current().isEmpty()) {
      return new ChangeOutcome.CurrentMissing();
    }
    Authentication result =
        authenticator.authenticate(user.userId(), wish.current().get(), wish.source());
    return result instanceof Authentication.Authenticated authenticated
        ? change(here, authenticated.user(), wish.chosen())
        : new ChangeOutcome.NotAuthenticated(result);
  }

  /** The session in which the password is changed. */
  private record Session(SessionToken token, LogIn.Presented presented) {}

  private ChangeOutcome change(Session here, User user, LoginPassword chosen) {
    return passwords
        .hash(chosen, user.password().hash())
        .fold(
            hash -> transactions.inTransaction(stores -> change(stores, here, user, hash)),
            ChangeOutcome.SameAsBefore::new,
            ChangeOutcome.Busy::new);
  }

  private ChangeOutcome change(
      ApplicationStores stores, Session here, User user, PasswordHash hash) {
    if (!stores.users().holdPassword(user.id(), user.password().hash())
        || !sessions.end(stores, here.token())) {
      return new ChangeOutcome.NoSession();
    }
    passwords.set(stores, user, hash);
    // What is sealed for a certificate to come is the password before.
    stores.applications().cancelOf(user.id());
    SessionToken renewed = sessions.openForLogin(stores, user.id(), here.presented().fingerprint());
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(),
                new Actor(Actor.Kind.SUBSCRIBER, user.userId().value()),
                AuditAction.PASSWORD_CHANGED,
                Optional.of(user.id()),
                Optional.of(here.presented().entry().serialNumber()),
                user.password().isInitial() ? "at the first log-in" : "by the user's wish"));
    return new ChangeOutcome.Changed(renewed);
  }
}
