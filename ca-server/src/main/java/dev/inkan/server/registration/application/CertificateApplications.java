package dev.inkan.server.registration.application;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.policy.CodePolicy;
import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.access.ApplicationId;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.access.Authenticator;
import dev.inkan.server.registration.access.Session;
import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.CodeBook;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.SealedPassword;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Steps ④ to ⑥ of the issue flow: who is this, does the mail address answer, and is a certificate
 * due (RFC 3647, sections 4.3.2 and 4.4.1). Safe for several threads.
 */
public final class CertificateApplications {

  private static final Duration A_DAY = Duration.ofHours(24);

  private final Transactions<? extends ApplicationStores> transactions;
  private final Authenticator authenticator;
  private final CertificationAuthority<? extends ApplicationStores> authority;
  private final Sessions sessions;
  private final CodeBook codes;
  private final CodePolicy policy;
  private final Chance chance;

  public CertificateApplications(
      Transactions<? extends ApplicationStores> transactions,
      Authenticator authenticator,
      CertificationAuthority<? extends ApplicationStores> authority,
      Sessions sessions,
      CodeBook codes,
      CodePolicy policy,
      Chance chance) {
    this.transactions = transactions;
    this.authenticator = authenticator;
    this.authority = authority;
    this.sessions = sessions;
    this.codes = codes;
    this.policy = policy;
    this.chance = chance;
  }

  /** ④: checks the user and, if a certificate is due, mails the code and opens a session. */
  public ApplyOutcome apply(UserId userId, LoginPassword password, String source) {
    Authentication result = authenticator.authenticate(userId, password, source);
    if (result instanceof Authentication.Authenticated authenticated) {
      return transactions.inTransaction(stores -> apply(stores, authenticated.user(), password));
    }
    return new ApplyOutcome.NotAuthenticated(result);
  }

  private ApplyOutcome apply(ApplicationStores stores, User user, LoginPassword password) {
    if (!stores.users().holdPassword(user.id(), user.password().hash())) {
      audit(stores, user, AuditAction.AUTHENTICATION_FAILED, "overtaken");
      return new ApplyOutcome.NotAuthenticated(new Authentication.Refused());
    }
    IssuanceDecision decision = authority.mayIssue(stores, user.id());
    if (!(decision instanceof IssuanceDecision.Granted)) {
      audit(stores, user, AuditAction.ISSUE_REFUSED, "at user authentication");
      return new ApplyOutcome.NotAllowed(decision);
    }
    Instant now = now();
    int madeToday = stores.applications().countSince(user.id(), now.minus(A_DAY));
    if (!policy.mayMakeAnother(madeToday)) {
      audit(stores, user, AuditAction.CODE_REFUSED, "too many codes within 24 hours");
      return new ApplyOutcome.TooManyCodes(policy.perDay());
    }
    ApplicationId id = new ApplicationId(randomId());
    Instant codeEnds = policy.expires(now);
    SessionToken token = sessions.newToken();
    CodeState code = new CodeState(1, 0, now, codeEnds);
    stores
        .applications()
        .add(
            new Application(
                id,
                user.id(),
                ApplicationState.CODE_SENT,
                now,
                code,
                Optional.of(SealedPassword.seal(token, password, chance.random())),
                Optional.empty(),
                Optional.empty()));
    sessions.openForApplication(stores, token, user.id(), id, codeEnds);
    mailCode(stores, user, id, code);
    return new ApplyOutcome.CodeSent(token);
  }

  /**
   * ⑤: compares the code.
   *
   * @param source the address that asks
   */
  public CodeOutcome enterCode(SessionToken token, VerificationCode code, String source) {
    return transactions.inTransaction(
        stores ->
            find(stores, token)
                .map(view -> enterCode(stores, token, view, code, source))
                .orElseGet(CodeOutcome.NoSession::new));
  }

  private CodeOutcome enterCode(
      ApplicationStores stores,
      SessionToken token,
      ApplicationView view,
      VerificationCode given,
      String source) {
    Application application = view.application();
    User user = view.user();
    if (!stores.users().holdPassword(user.id(), user.password().hash())) {
      return new CodeOutcome.NoSession();
    }
    Optional<CodeState> reserved =
        stores.applications().reserveCodeTry(application.id(), now(), policy.tries());
    if (reserved.isEmpty()) {
      audit(stores, user, AuditAction.CODE_REFUSED, "no code is awaited");
      return whyNoTry(stores.applications().find(application.id()).orElse(application));
    }
    CodeState code = reserved.get();
    if (codes.code(application.id().value(), code.counter()).matches(given)) {
      return accept(stores, token, view);
    }
    int triesLeft = policy.tries() - code.tries();
    audit(stores, user, AuditAction.CODE_REFUSED, "tries left: " + triesLeft);
    if (triesLeft > 0) {
      return new CodeOutcome.Wrong(triesLeft);
    }
    stores.applications().voidCode(application.id());
    sessions.end(stores, token);
    Optional<Attempts> lock = authenticator.lockouts().voidCode(stores, user, policy, source);
    return lock.map(CodeOutcome::locked).orElseGet(CodeOutcome.Voided::new);
  }

  private CodeOutcome whyNoTry(Application application) {
    return switch (application.state()) {
      case CODE_SENT ->
          now().isBefore(application.code().expiresAt())
              ? new CodeOutcome.Voided()
              : new CodeOutcome.Expired();
      case CODE_VOID, CANCELLED -> new CodeOutcome.Voided();
      case PASSWORD_DUE, CONFIRMED, ISSUING, ISSUED, FAILED -> new CodeOutcome.AlreadyAccepted();
    };
  }

  private CodeOutcome accept(ApplicationStores stores, SessionToken old, ApplicationView view) {
    Application application = view.application();
    User user = view.user();
    if (!sessions.end(stores, old)) {
      // Somebody set another password since: then this browser does not go on.
      return new CodeOutcome.NoSession();
    }
    SessionToken renewed = sessions.newToken();
    boolean passwordDue = user.password().isInitial();
    boolean first =
        passwordDue
            ? stores.applications().passwordDue(application.id())
            : stores.applications().confirm(application.id(), reseal(old, renewed, application));
    if (!first) {
      return new CodeOutcome.AlreadyAccepted();
    }
    sessions.openForApplication(stores, renewed, user.id(), application.id(), Instant.MIN);
    authenticator.lockouts().rightCode(stores, user);
    audit(stores, user, AuditAction.CODE_ACCEPTED, "");
    return new CodeOutcome.Accepted(renewed, passwordDue);
  }

  private SealedSecret reseal(SessionToken old, SessionToken renewed, Application application) {
    byte[] password =
        application
            .sealedPassword()
            .flatMap(kept -> SealedPassword.open(old, kept))
            .orElseThrow(() -> new IllegalStateException("the sealed password does not open"));
    try {
      return SealedPassword.seal(renewed, password, chance.random());
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  /** ⑤: mails the same code again. */
  public ResendOutcome resend(SessionToken token) {
    return transactions.inTransaction(
        stores ->
            find(stores, token)
                .map(view -> resend(stores, view))
                .orElseGet(ResendOutcome.NoCode::new));
  }

  private ResendOutcome resend(ApplicationStores stores, ApplicationView view) {
    Application application = view.application();
    CodeState code = application.code();
    Instant now = now();
    if (application.state() != ApplicationState.CODE_SENT || !now.isBefore(code.expiresAt())) {
      return new ResendOutcome.NoCode();
    }
    Instant lastAllowed = now.minus(policy.resendAfter());
    if (!stores.applications().resend(application.id(), now, lastAllowed)) {
      return new ResendOutcome.TooSoon(resendOpensAt(code));
    }
    mailCode(stores, view.user(), application.id(), code);
    return new ResendOutcome.Resent();
  }

  /** When the mail may be asked for again. */
  public Instant resendOpensAt(CodeState code) {
    return code.sentAt().plus(policy.resendAfter());
  }

  /** The application this browser works on, if its session lives. */
  public Optional<ApplicationView> find(SessionToken token) {
    return transactions.inTransaction(stores -> find(stores, token));
  }

  private Optional<ApplicationView> find(ApplicationStores stores, SessionToken token) {
    return sessions
        .find(stores, token)
        .flatMap(Session::application)
        .flatMap(stores.applications()::find)
        .flatMap(
            application ->
                stores
                    .users()
                    .find(application.user())
                    .map(user -> ApplicationView.of(stores, user, application)));
  }

  /** The visitor leaves the flow: what was sealed is erased and the session ends. */
  public void cancel(SessionToken token) {
    transactions.inTransaction(
        stores -> {
          find(stores, token).ifPresent(it -> cancel(stores, it));
          sessions.end(stores, token);
          return true;
        });
  }

  private void cancel(ApplicationStores stores, ApplicationView view) {
    stores.applications().cancel(view.application().id());
    audit(stores, view.user(), AuditAction.APPLICATION_CANCELLED, "");
  }

  private void mailCode(ApplicationStores stores, User user, ApplicationId id, CodeState code) {
    Notice notice =
        new Notice.Code(user.userId(), codes.code(id.value(), code.counter()), code.expiresAt());
    stores.outbox().add(OutgoingMail.to(user, notice).before(code.expiresAt()));
    audit(stores, user, AuditAction.CODE_SENT, "");
  }

  private UUID randomId() {
    return new UUID(chance.random().nextLong(), chance.random().nextLong());
  }

  private Instant now() {
    return chance.clock().instant();
  }

  private void audit(ApplicationStores stores, User user, AuditAction action, String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                now(),
                new Actor(Actor.Kind.SUBSCRIBER, user.userId().value()),
                action,
                Optional.of(user.id()),
                Optional.empty(),
                detail));
  }
}
