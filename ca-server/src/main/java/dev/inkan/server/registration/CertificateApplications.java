package dev.inkan.server.registration;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.policy.CodePolicy;
import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.core.store.Transactions;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
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

  static final String PASSWORD_PURPOSE = "login password";

  private static final Duration A_DAY = Duration.ofHours(24);

  private final Transactions<RegistrationStores> transactions;
  private final Authenticator authenticator;
  private final CertificationAuthority<RegistrationStores> authority;
  private final Sessions sessions;
  private final CodeBook codes;
  private final CodePolicy policy;
  private final Chance chance;

  /** Time and randomness. */
  public record Chance(Clock clock, SecureRandom random) {}

  public CertificateApplications(
      Transactions<RegistrationStores> transactions,
      Authenticator authenticator,
      CertificationAuthority<RegistrationStores> authority,
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

  private ApplyOutcome apply(RegistrationStores stores, User user, LoginPassword password) {
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
                Optional.of(seal(token, password)),
                Optional.empty(),
                Optional.empty()));
    sessions.openForApplication(stores, token, user.id(), id, codeEnds);
    mailCode(stores, user, id, code);
    return new ApplyOutcome.CodeSent(token);
  }

  /** ⑤: compares the code. */
  public CodeOutcome enterCode(SessionToken token, VerificationCode code) {
    return transactions.inTransaction(
        stores ->
            find(stores, token)
                .map(view -> enterCode(stores, token, view, code))
                .orElseGet(CodeOutcome.NoSession::new));
  }

  private CodeOutcome enterCode(
      RegistrationStores stores, SessionToken token, ApplicationView view, VerificationCode given) {
    Application application = view.application();
    Optional<CodeState> reserved =
        stores.applications().reserveCodeTry(application.id(), now(), policy.tries());
    if (reserved.isEmpty()) {
      return whyNoTry(application);
    }
    CodeState code = reserved.get();
    if (codes.code(application.id(), code.counter()).matches(given)) {
      return accept(stores, token, view);
    }
    int triesLeft = policy.tries() - code.tries();
    audit(stores, view.user(), AuditAction.CODE_REFUSED, "tries left: " + triesLeft);
    if (triesLeft > 0) {
      return new CodeOutcome.Wrong(triesLeft);
    }
    stores.applications().voidCode(application.id());
    sessions.end(stores, token);
    return new CodeOutcome.Voided();
  }

  private CodeOutcome whyNoTry(Application application) {
    return switch (application.state()) {
      case CODE_SENT ->
          now().isBefore(application.code().expiresAt())
              ? new CodeOutcome.Voided()
              : new CodeOutcome.Expired();
      case CODE_VOID, CANCELLED -> new CodeOutcome.Voided();
      case CONFIRMED, ISSUING, ISSUED, FAILED -> new CodeOutcome.AlreadyAccepted();
    };
  }

  private CodeOutcome accept(RegistrationStores stores, SessionToken old, ApplicationView view) {
    Application application = view.application();
    byte[] password =
        application
            .sealedPassword()
            .flatMap(kept -> old.sealKey().open(kept, PASSWORD_PURPOSE))
            .orElseThrow(() -> new IllegalStateException("the sealed password does not open"));
    try {
      SessionToken renewed = sessions.newToken();
      SealedSecret resealed = renewed.sealKey().seal(password, PASSWORD_PURPOSE, chance.random());
      if (!stores.applications().confirm(application.id(), resealed)) {
        return new CodeOutcome.AlreadyAccepted();
      }
      sessions.openForApplication(
          stores, renewed, application.user(), application.id(), Instant.MIN);
      sessions.end(stores, old);
      audit(stores, view.user(), AuditAction.CODE_ACCEPTED, "");
      return new CodeOutcome.Accepted(renewed);
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

  private ResendOutcome resend(RegistrationStores stores, ApplicationView view) {
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

  private Optional<ApplicationView> find(RegistrationStores stores, SessionToken token) {
    return sessions
        .find(stores, token)
        .flatMap(Session::application)
        .flatMap(stores.applications()::find)
        .flatMap(
            application ->
                stores
                    .users()
                    .find(application.user())
                    .map(user -> view(stores, user, application)));
  }

  private static ApplicationView view(
      RegistrationStores stores, User user, Application application) {
    return new ApplicationView(
        user,
        application,
        application.file().flatMap(file -> stores.certificates().find(file.serialNumber())));
  }

  /** The visitor leaves the flow: what was sealed is erased and the session ends. */
  public void cancel(SessionToken token) {
    transactions.inTransaction(
        stores -> {
          find(stores, token).ifPresent(it -> stores.applications().cancel(it.application().id()));
          sessions.end(stores, token);
          return true;
        });
  }

  private void mailCode(RegistrationStores stores, User user, ApplicationId id, CodeState code) {
    Notice notice =
        new Notice.Code(user.userId(), codes.code(id, code.counter()), code.expiresAt());
    stores.outbox().add(user.id(), user.mail(), notice, Optional.of(code.expiresAt()));
    audit(stores, user, AuditAction.CODE_SENT, "");
  }

  private SealedSecret seal(SessionToken token, LoginPassword password) {
    char[] characters = password.toCharArray();
    byte[] octets = new String(characters).getBytes(StandardCharsets.US_ASCII);
    try {
      return token.sealKey().seal(octets, PASSWORD_PURPOSE, chance.random());
    } finally {
      Arrays.fill(characters, '\0');
      Arrays.fill(octets, (byte) 0);
    }
  }

  private UUID randomId() {
    return new UUID(chance.random().nextLong(), chance.random().nextLong());
  }

  private Instant now() {
    return chance.clock().instant();
  }

  private void audit(RegistrationStores stores, User user, AuditAction action, String detail) {
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
