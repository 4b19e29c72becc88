package dev.inkan.server.registration.account;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.access.ApplicationId;
import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.application.ApplicationStores;
import dev.inkan.server.registration.application.ApplicationView;
import dev.inkan.server.registration.application.CertificateApplications;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.SealedPassword;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserPassword;
import java.time.Instant;
import java.util.Optional;

/**
 * Between ⑤ and ⑥: whoever came with a password that somebody else set chooses one of their own,
 * because it will protect the private key (C5). Safe for several threads.
 */
public final class PasswordChoice {

  private final Transactions<? extends ApplicationStores> transactions;
  private final CertificateApplications applications;
  private final Sessions sessions;
  private final NewPasswords passwords;
  private final Chance chance;

  public PasswordChoice(
      Transactions<? extends ApplicationStores> transactions,
      CertificateApplications applications,
      Sessions sessions,
      NewPasswords passwords,
      Chance chance) {
    this.transactions = transactions;
    this.applications = applications;
    this.sessions = sessions;
    this.passwords = passwords;
    this.chance = chance;
  }

  /**
   * Makes {@code chosen} the user's own password and seals it for the certificate to come.
   *
   * <p>Nothing changes if somebody set yet another initial password since this browser showed the
   * one before: who knows that one alone is not the one it was set for.
   */
  public ChoiceOutcome choose(SessionToken token, LoginPassword chosen) {
    Optional<ApplicationView> found = applications.find(token);
    if (found.isEmpty()) {
      return new ChoiceOutcome.NoSession();
    }
    ApplicationView view = found.get();
    if (view.application().state() != ApplicationState.PASSWORD_DUE) {
      return new ChoiceOutcome.NotDue();
    }
    UserPassword before = view.user().password();
    if (before.isOverAt(now())) {
      return new ChoiceOutcome.InitialPasswordOver(view.user());
    }
    return passwords
        .hash(chosen, before.hash())
        .fold(
            hash -> transactions.inTransaction(stores -> choose(stores, token, view, chosen, hash)),
            ChoiceOutcome.SameAsInitial::new,
            ChoiceOutcome.Busy::new);
  }

  private ChoiceOutcome choose(
      ApplicationStores stores,
      SessionToken old,
      ApplicationView view,
      LoginPassword chosen,
      PasswordHash hash) {
    User user = view.user();
    ApplicationId id = view.application().id();
    SessionToken renewed = sessions.newToken();
    SealedSecret kept = SealedPassword.seal(renewed, chosen, chance.random());
    if (!stores.users().holdPassword(user.id(), user.password().hash())
        || !sessions.end(stores, old)
        || !stores.applications().confirm(id, kept)) {
      return new ChoiceOutcome.NoSession();
    }
    passwords.set(stores, user, hash);
    sessions.openForApplication(stores, renewed, user.id(), id, Instant.MIN);
    stores
        .audit()
        .append(
            new AuditEvent(
                now(),
                new Actor(Actor.Kind.SUBSCRIBER, user.userId().value()),
                AuditAction.PASSWORD_CHANGED,
                Optional.of(user.id()),
                Optional.empty(),
                "before the certificate"));
    return new ChoiceOutcome.Chosen(renewed);
  }

  private Instant now() {
    return chance.clock().instant();
  }
}
