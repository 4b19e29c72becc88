package dev.inkan.server.registration.certificate;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.access.Authenticator;
import dev.inkan.server.registration.access.LogIn;
import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.application.ConfirmedApplications;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.user.User;
import java.time.Clock;
import java.util.Optional;

/**
 * 更新 proven by the certificate itself: who is logged in with a certificate inside its renewal
 * window goes to ⑥ with the password alone (RFC 3647, section 4.6.3). The mailed code proves the
 * holder where no certificate can; here the TLS handshake has. Safe for several threads.
 */
public final class CertificateRenewal {

  private final Transactions<? extends CertificateStores> transactions;
  private final Authenticator authenticator;
  private final ConfirmedApplications applications;
  private final Sessions sessions;
  private final Clock clock;

  public CertificateRenewal(
      Transactions<? extends CertificateStores> transactions,
      Authenticator authenticator,
      ConfirmedApplications applications,
      Sessions sessions,
      Clock clock) {
    this.transactions = transactions;
    this.authenticator = authenticator;
    this.applications = applications;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** Who asks: an outcome instead of a user if they may not go on. */
  private record Asking(Optional<User> user, Optional<RenewalOutcome> refusal) {
    static Asking refused(RenewalOutcome outcome) {
      return new Asking(Optional.empty(), Optional.of(outcome));
    }
  }

  /**
   * Checks the password, counting it, and opens ⑥ in the same log-in.
   *
   * @param presented valid at this moment, as the listener found
   * @param source the address that asks
   */
  public RenewalOutcome renew(
      SessionToken token, LogIn.Presented presented, LoginPassword password, String source) {
    Asking asking = transactions.inTransaction(stores -> asking(stores, token, presented));
    if (asking.user().isEmpty()) {
      return asking.refusal().orElseThrow();
    }
    Authentication result =
        authenticator.authenticate(asking.user().get().userId(), password, source);
    if (result instanceof Authentication.InitialPasswordOver) {
      return new RenewalOutcome.PasswordDue(); // somebody set it while this one was typed
    }
    if (!(result instanceof Authentication.Authenticated authenticated)) {
      return new RenewalOutcome.NotAuthenticated(result);
    }
    PasswordHash verified = authenticated.user().password().hash();
    return transactions.inTransaction(
        stores ->
            asking
                    .user()
                    .filter(user -> stores.users().holdPassword(user.id(), verified))
                    .isPresent()
                ? open(stores, token, presented, password)
                : new RenewalOutcome.NotAuthenticated(new Authentication.Refused()));
  }

  private Asking asking(CertificateStores stores, SessionToken token, LogIn.Presented presented) {
    Optional<User> user =
        sessions
            .find(stores, token)
            .filter(session -> session.isBoundTo(presented.fingerprint()))
            .filter(session -> session.user().equals(presented.entry().subscriber()))
            .flatMap(session -> stores.users().find(session.user()));
    if (user.isEmpty()) {
      return Asking.refused(new RenewalOutcome.NotLoggedIn());
    }
    if (user.get().password().isInitial()) {
      return Asking.refused(new RenewalOutcome.PasswordDue());
    }
    IssuanceDecision decision = applications.mayOpen(stores, user.get());
    if (!(decision instanceof IssuanceDecision.Granted)) {
      audit(stores, user.get(), presented, AuditAction.ISSUE_REFUSED, "at renewal");
      return Asking.refused(new RenewalOutcome.NotAllowed(decision, isNewer(decision, presented)));
    }
    return new Asking(user, Optional.empty());
  }

  private static boolean isNewer(IssuanceDecision decision, LogIn.Presented presented) {
    return decision instanceof IssuanceDecision.TooEarly early
        && !early.current().equals(presented.entry().serialNumber());
  }

  /** Asks everything again: the password took its time, and another tab may have been quicker. */
  private RenewalOutcome open(
      CertificateStores stores,
      SessionToken old,
      LogIn.Presented presented,
      LoginPassword password) {
    Asking asking = asking(stores, old, presented);
    if (asking.user().isEmpty()) {
      return asking.refusal().orElseThrow();
    }
    User user = asking.user().get();
    SessionToken token = applications.openLoggedIn(stores, user, password, presented.fingerprint());
    sessions.end(stores, old);
    audit(stores, user, presented, AuditAction.RENEWAL_BEGUN, "proven by the certificate");
    return new RenewalOutcome.Opened(token);
  }

  private void audit(
      CertificateStores stores,
      User user,
      LogIn.Presented presented,
      AuditAction action,
      String detail) {
    CertificateRecord certificate = presented.entry();
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(),
                new Actor(Actor.Kind.SUBSCRIBER, user.userId().value()),
                action,
                Optional.of(user.id()),
                Optional.of(certificate.serialNumber()),
                detail));
  }
}
