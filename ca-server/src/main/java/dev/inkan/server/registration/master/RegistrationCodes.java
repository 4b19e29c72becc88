package dev.inkan.server.registration.master;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.CodePolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.application.ConfirmedApplications;
import dev.inkan.server.registration.application.ResendOutcome;
import dev.inkan.server.registration.invitation.InvitationLapse;
import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.master.MasterRegistration.ChosenPassword;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.CodeBook;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.SealedPassword;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.DuplicateUserException;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The code that proves a master user's address, and what follows from it in one transaction: the
 * letter is used up, the user registered, and a certificate application opened where one is due
 * (C2, C3). Safe for several threads.
 */
public final class RegistrationCodes {

  private final Transactions<? extends MasterRegistrationStores> transactions;
  private final CodeBook codes;
  private final CodePolicy policy;
  private final ConfirmedApplications applications;
  private final Chance chance;

  public RegistrationCodes(
      Transactions<? extends MasterRegistrationStores> transactions,
      CodeBook codes,
      CodePolicy policy,
      ConfirmedApplications applications,
      Chance chance) {
    this.transactions = transactions;
    this.codes = codes;
    this.policy = policy;
    this.applications = applications;
    this.chance = chance;
  }

  CodePolicy policy() {
    return policy;
  }

  /** Mails the code. */
  void mail(
      MasterRegistrationStores stores,
      MasterRegistration registration,
      MasterProfile profile,
      CodeState code) {
    Notice notice =
        new Notice.RegistrationCode(
            profile.userId(),
            codes.code(registration.id().value(), code.counter()),
            code.expiresAt());
    OutgoingMail mail = OutgoingMail.toStranger(profile.mail(), notice);
    stores.outbox().add(mail.before(code.expiresAt()));
    audit(stores, registration, AuditAction.CODE_SENT, "");
  }

  /** Mails the same code again. */
  public ResendOutcome resend(SessionToken token) {
    return transactions.inTransaction(
        stores ->
            find(stores, token)
                .map(registration -> resend(stores, registration))
                .orElseGet(ResendOutcome.NoCode::new));
  }

  private ResendOutcome resend(MasterRegistrationStores stores, MasterRegistration registration) {
    Instant now = now();
    Optional<CodeState> code =
        registration.code().filter(it -> isAwaited(registration) && now.isBefore(it.expiresAt()));
    if (code.isEmpty()) {
      return new ResendOutcome.NoCode();
    }
    if (!stores.registrations().resend(registration.id(), now, now.minus(policy.resendAfter()))) {
      return new ResendOutcome.TooSoon(resendOpensAt(code.get()));
    }
    mail(stores, registration, registration.profile().orElseThrow(), code.get());
    return new ResendOutcome.Resent();
  }

  /** When the mail may be asked for again. */
  public Instant resendOpensAt(CodeState code) {
    return code.sentAt().plus(policy.resendAfter());
  }

  /** Compares the code and, if it is right, registers the user. */
  public EntryOutcome enter(SessionToken token, VerificationCode code) {
    try {
      return transactions.inTransaction(
          stores ->
              find(stores, token)
                  .map(registration -> enter(stores, token, registration, code))
                  .orElseGet(EntryOutcome.NoSession::new));
    } catch (DuplicateUserException taken) {
      // Nothing of it happened: the letter is unused, and the user ID can be chosen anew.
      return transactions.inTransaction(stores -> reopen(stores, token));
    }
  }

  private EntryOutcome reopen(MasterRegistrationStores stores, SessionToken token) {
    find(stores, token)
        .ifPresent(
            registration -> {
              stores.registrations().reopen(registration.id());
              audit(stores, registration, AuditAction.REGISTRATION_REFUSED, "the user ID is taken");
            });
    return new EntryOutcome.UserIdTaken();
  }

  private EntryOutcome enter(
      MasterRegistrationStores stores,
      SessionToken token,
      MasterRegistration registration,
      VerificationCode given) {
    Optional<CodeState> reserved =
        stores.registrations().reserveCodeTry(registration.id(), now(), policy.tries());
    if (reserved.isEmpty()) {
      audit(stores, registration, AuditAction.CODE_REFUSED, "no code is awaited");
      return whyNoTry(stores, token);
    }
    CodeState code = reserved.get();
    if (codes.code(registration.id().value(), code.counter()).matches(given)) {
      return accept(stores, token, registration);
    }
    int triesLeft = policy.tries() - code.tries();
    audit(stores, registration, AuditAction.CODE_REFUSED, "tries left: " + triesLeft);
    if (triesLeft > 0) {
      return new EntryOutcome.Wrong(triesLeft);
    }
    stores.registrations().end(registration.id(), RegistrationState.CODE_VOID);
    return new EntryOutcome.Voided();
  }

  // Read anew: who waited for the same try to be taken finds what came of it.
  private EntryOutcome whyNoTry(MasterRegistrationStores stores, SessionToken token) {
    Optional<MasterRegistration> registration = find(stores, token);
    if (registration.isEmpty()) {
      return new EntryOutcome.NoSession();
    }
    return switch (registration.get().state()) {
      case OPENED -> new EntryOutcome.NoCode();
      case CODE_SENT -> new EntryOutcome.Expired();
      case CODE_VOID, CANCELLED -> new EntryOutcome.Voided();
      case DONE -> new EntryOutcome.AlreadyRegistered();
    };
  }

  private EntryOutcome accept(
      MasterRegistrationStores stores, SessionToken token, MasterRegistration waited) {
    // What was read before the try was taken may have been said anew since.
    MasterRegistration registration = find(stores, token).orElse(waited);
    LoginId loginId = registration.loginId();
    Instant now = now();
    if (!stores.invitations().consume(loginId, now)) {
      InvitationLapse why =
          InvitationLapse.of(stores, loginId, now).orElse(InvitationLapse.REPLACED);
      stores.registrations().end(registration.id(), RegistrationState.CANCELLED);
      audit(stores, registration, AuditAction.REGISTRATION_REFUSED, "the letter lapsed: " + why);
      return new EntryOutcome.Lapsed(why);
    }
    ChosenPassword chosen = registration.password().orElseThrow();
    byte[] password =
        chosen
            .kept()
            .flatMap(kept -> SealedPassword.open(token, kept))
            .orElseThrow(() -> new IllegalStateException("the sealed password does not open"));
    try {
      User master = register(stores, registration, chosen.hash());
      stores.registrations().end(registration.id(), RegistrationState.DONE);
      return new EntryOutcome.Registered(applications.open(stores, master, password));
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  private User register(
      MasterRegistrationStores stores, MasterRegistration registration, PasswordHash hash) {
    MasterProfile profile = registration.profile().orElseThrow();
    Optional<User> known = stores.masters().find(registration.organisation().number());
    User master =
        new User(
            known.map(User::id).orElseGet(this::newSubscriber),
            profile.userId(),
            UserRole.MASTER,
            registration.organisation(),
            profile.name(),
            profile.mail(),
            known.map(User::language).orElse(Language.JAPANESE),
            UserPassword.own(hash),
            Attempts.NONE);
    if (known.isPresent()) {
      stores.masters().replace(master);
    } else {
      stores.users().add(master);
    }
    audit(stores, registration, AuditAction.CODE_ACCEPTED, "");
    stores
        .audit()
        .append(
            new AuditEvent(
                now(),
                new Actor(Actor.Kind.SUBSCRIBER, profile.userId().value()),
                AuditAction.MASTER_REGISTERED,
                Optional.of(master.id()),
                Optional.empty(),
                "organisation "
                    + registration.organisation().number()
                    + ", letter "
                    + registration.loginId()));
    Notice notice = new Notice.Registered(profile.userId(), UserRole.MASTER, Optional.empty());
    stores.outbox().add(OutgoingMail.to(master, notice));
    return master;
  }

  private SubscriberId newSubscriber() {
    return new SubscriberId(
        new UUID(chance.random().nextLong(), chance.random().nextLong()).toString());
  }

  private Optional<MasterRegistration> find(MasterRegistrationStores stores, SessionToken token) {
    return stores.registrations().find(token.hash(), now());
  }

  private static boolean isAwaited(MasterRegistration registration) {
    return registration.state() == RegistrationState.CODE_SENT;
  }

  private Instant now() {
    return chance.clock().instant();
  }

  private void audit(
      MasterRegistrationStores stores,
      MasterRegistration registration,
      AuditAction action,
      String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                now(),
                new Actor(Actor.Kind.SUBSCRIBER, registration.loginId().value()),
                action,
                Optional.empty(),
                Optional.empty(),
                detail));
  }
}
