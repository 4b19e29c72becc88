package dev.inkan.server.registration.access;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The log-in with a client certificate and that user's own ID and password (C6), and what the user
 * sees behind it (C7). Safe for several threads.
 */
public final class LogIn {

  private final Transactions<? extends AccessStores> transactions;
  private final Authenticator authenticator;
  private final Sessions sessions;
  private final IssuancePolicy policy;
  private final FollowUp followUp;
  private final Clock clock;

  public LogIn(
      Transactions<? extends AccessStores> transactions,
      Authenticator authenticator,
      Sessions sessions,
      IssuancePolicy policy,
      FollowUp followUp,
      Clock clock) {
    this.transactions = transactions;
    this.authenticator = authenticator;
    this.sessions = sessions;
    this.policy = policy;
    this.followUp = followUp;
    this.clock = clock;
  }

  /** What else is done once somebody has logged in. It never throws: the log-in stands. */
  @FunctionalInterface
  public interface FollowUp {

    /** Nothing. */
    FollowUp NONE = (user, used) -> {};

    /**
     * Called with the log-in committed.
     *
     * @param used the certificate the user logged in with
     */
    void loggedIn(User user, CertificateRecord used);
  }

  /** A certificate the browser proved to hold, as the ledger has it. */
  public record Presented(CertificateRecord entry, Fingerprint fingerprint) {}

  /**
   * Logs in.
   *
   * @param presented valid at this moment, as the listener found
   */
  public LoginOutcome logIn(
      UserId userId, LoginPassword password, Presented presented, String source) {
    Authentication result = authenticator.authenticate(userId, password, source);
    if (!(result instanceof Authentication.Authenticated authenticated)) {
      return new LoginOutcome.NotAuthenticated(result);
    }
    User user = authenticated.user();
    LoginOutcome outcome = transactions.inTransaction(stores -> logIn(stores, user, presented));
    if (outcome instanceof LoginOutcome.LoggedIn) {
      followUp.loggedIn(user, presented.entry());
    }
    return outcome;
  }

  private LoginOutcome logIn(AccessStores stores, User user, Presented presented) {
    if (!stores.users().holdPassword(user.id(), user.password().hash())) {
      audit(stores, user, presented, AuditAction.LOGIN_REFUSED, "overtaken");
      return new LoginOutcome.NotAuthenticated(new Authentication.Refused());
    }
    if (!presented.entry().subscriber().equals(user.id())) {
      audit(stores, user, presented, AuditAction.LOGIN_REFUSED, "another's certificate");
      return new LoginOutcome.CertificateOfSomebodyElse();
    }
    audit(stores, user, presented, AuditAction.LOGGED_IN, "");
    return new LoginOutcome.LoggedIn(
        sessions.openForLogin(stores, user.id(), presented.fingerprint()));
  }

  /** Who is logged in with this token, if the session lives and is shown with its certificate. */
  public Optional<LoggedInUser> find(SessionToken token, Presented presented) {
    return transactions.inTransaction(
        stores ->
            sessions
                .find(stores, token)
                .filter(session -> session.isBoundTo(presented.fingerprint()))
                .flatMap(session -> stores.users().find(session.user()))
                .map(user -> describe(stores, user, presented.entry())));
  }

  private LoggedInUser describe(AccessStores stores, User user, CertificateRecord certificate) {
    Instant now = clock.instant();
    List<CertificateRecord> all = stores.certificates().findBySubscriber(user.id());
    List<CertificateRecord> valid = all.stream().filter(entry -> entry.isValidAt(now)).toList();
    return new LoggedInUser(user, certificate, valid, policy.decide(all, now));
  }

  /** Ends the session on the server. */
  public void logOut(SessionToken token) {
    transactions.inTransaction(
        stores -> {
          sessions
              .find(stores, token)
              .flatMap(session -> stores.users().find(session.user()))
              .ifPresent(user -> auditLogOut(stores, user));
          sessions.end(stores, token);
          return true;
        });
  }

  private void auditLogOut(AccessStores stores, User user) {
    stores.audit().append(event(user, AuditAction.LOGGED_OUT, Optional.empty(), ""));
  }

  private void audit(
      AccessStores stores, User user, Presented presented, AuditAction action, String detail) {
    stores.audit().append(event(user, action, Optional.of(presented), detail));
  }

  private AuditEvent event(
      User user, AuditAction action, Optional<Presented> presented, String detail) {
    return new AuditEvent(
        clock.instant(),
        new Actor(Actor.Kind.SUBSCRIBER, user.userId().value()),
        action,
        Optional.of(user.id()),
        presented.map(it -> it.entry().serialNumber()),
        detail);
  }
}
