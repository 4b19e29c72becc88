package dev.inkan.server.registration.application;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.server.registration.access.ApplicationId;
import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.SealedPassword;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.user.User;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens certificate applications that begin at ⑥, because who the user is has been proved in
 * another way than by ④ and ⑤. Safe for several threads.
 */
public final class ConfirmedApplications {

  private final CertificationAuthority<? extends ApplicationStores> authority;
  private final Sessions sessions;
  private final Clock clock;
  private final SecureRandom random;

  public ConfirmedApplications(
      CertificationAuthority<? extends ApplicationStores> authority,
      Sessions sessions,
      Chance chance) {
    this.authority = authority;
    this.sessions = sessions;
    this.clock = chance.clock();
    this.random = chance.random();
  }

  /** Whether a certificate is due at this moment. */
  public IssuanceDecision mayOpen(ApplicationStores stores, User user) {
    return authority.mayIssue(stores, user.id());
  }

  /**
   * Opens one if a certificate is due.
   *
   * @param password the user's own, as it opens the PKCS#12; the caller wipes it
   * @return the token with which the browser carries on, or nothing if no certificate is due
   */
  public Optional<SessionToken> open(ApplicationStores stores, User user, byte[] password) {
    if (!(mayOpen(stores, user) instanceof IssuanceDecision.Granted)) {
      return Optional.empty();
    }
    SessionToken token = sessions.newToken();
    SealedSecret kept = SealedPassword.seal(token, password, random);
    ApplicationId id = add(stores, user, kept);
    sessions.openForApplication(stores, token, user.id(), id, Instant.MIN);
    return Optional.of(token);
  }

  /**
   * Opens one for a user who is logged in and stays so; the caller has asked {@link #mayOpen} in
   * this transaction.
   *
   * @param certificate the one the user is logged in with
   * @return the token with which the browser carries on
   */
  public SessionToken openLoggedIn(
      ApplicationStores stores, User user, LoginPassword password, Fingerprint certificate) {
    SessionToken token = sessions.newToken();
    ApplicationId id = add(stores, user, SealedPassword.seal(token, password, random));
    sessions.openForRenewal(stores, token, user.id(), id, certificate);
    return token;
  }

  private ApplicationId add(ApplicationStores stores, User user, SealedSecret kept) {
    Instant now = clock.instant();
    ApplicationId id = new ApplicationId(new UUID(random.nextLong(), random.nextLong()));
    stores
        .applications()
        .add(
            new Application(
                id,
                user.id(),
                ApplicationState.CONFIRMED,
                now,
                new CodeState(0, 0, now, now),
                Optional.of(kept),
                Optional.empty(),
                Optional.empty()));
    return id;
  }
}
