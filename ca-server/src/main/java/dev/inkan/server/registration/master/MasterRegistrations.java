package dev.inkan.server.registration.master;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.access.SourceBudget;
import dev.inkan.server.registration.account.NewPasswords;
import dev.inkan.server.registration.invitation.InvitationAnswer;
import dev.inkan.server.registration.invitation.InvitationCheck;
import dev.inkan.server.registration.invitation.InvitationLapse;
import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.invitation.MasterInvitation;
import dev.inkan.server.registration.master.MasterRegistration.ChosenPassword;
import dev.inkan.server.registration.master.MasterRegistrationStore.Submission;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.SealedPassword;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * マスターユーザー初期登録 (C2, C3) up to the mailed code: does the letter count, and who is to be registered.
 * {@link RegistrationCodes} goes on from there. Safe for several threads.
 */
public final class MasterRegistrations {

  private static final Duration A_DAY = Duration.ofHours(24);

  private final Transactions<? extends MasterRegistrationStores> transactions;
  private final InvitationCheck check;
  private final NewPasswords passwords;
  private final SourceBudget budget;
  private final RegistrationCodes codes;
  private final Chance chance;

  /**
   * @param budget the one that log-ins use up as well
   */
  public MasterRegistrations(
      Transactions<? extends MasterRegistrationStores> transactions,
      InvitationCheck check,
      NewPasswords passwords,
      SourceBudget budget,
      RegistrationCodes codes,
      Chance chance) {
    this.transactions = transactions;
    this.check = check;
    this.passwords = passwords;
    this.budget = budget;
    this.codes = codes;
    this.chance = chance;
  }

  /** Checks login ID and initial password and, if the letter counts, opens a registration. */
  public OpenOutcome open(LoginId loginId, LoginPassword initialPassword, String source) {
    InvitationAnswer answer = check.check(loginId, initialPassword, source);
    if (answer instanceof InvitationAnswer.Admitted admitted) {
      return transactions.inTransaction(stores -> open(stores, admitted.invitation()));
    }
    return new OpenOutcome.NotAdmitted(answer);
  }

  private OpenOutcome open(MasterRegistrationStores stores, MasterInvitation invitation) {
    Instant now = now();
    SessionToken token = SessionToken.random(chance.random());
    // After an initialisation (C3) the master user is the same person as a rule.
    Optional<MasterProfile> known =
        stores
            .masters()
            .find(invitation.organisation().number())
            .map(user -> new MasterProfile(user.userId(), user.name(), user.mail()));
    stores
        .registrations()
        .add(
            new MasterRegistration(
                new RegistrationId(
                    new UUID(chance.random().nextLong(), chance.random().nextLong())),
                token.hash(),
                invitation.loginId(),
                invitation.organisation(),
                RegistrationState.OPENED,
                now,
                codes.policy().expires(now),
                known,
                Optional.empty(),
                Optional.empty()));
    audit(stores, invitation.loginId(), AuditAction.REGISTRATION_OPENED, "");
    return new OpenOutcome.Opened(token);
  }

  /**
   * Takes what the master user says and mails the code to the address. Said again before the code
   * came back, the newer counts.
   *
   * @param source the address that asks
   */
  public SubmitOutcome submit(
      SessionToken token, MasterProfile profile, LoginPassword password, String source) {
    Optional<MasterRegistration> found = find(token).filter(MasterRegistrations::takesDetails);
    if (found.isEmpty()) {
      return new SubmitOutcome.NoSession();
    }
    // Each costs a hash and tells whether a user ID is taken.
    if (!budget.admit(source)) {
      return new SubmitOutcome.SourceOverBudget();
    }
    Optional<MasterInvitation> letter =
        transactions.inTransaction(stores -> stores.invitations().find(found.get().loginId()));
    if (letter.isEmpty()) {
      return new SubmitOutcome.Lapsed(InvitationLapse.REPLACED);
    }
    return passwords
        .hash(password, letter.get().initialPassword())
        .fold(
            hash -> submit(found.get(), profile, keep(token, password, hash)),
            SubmitOutcome.SamePassword::new,
            SubmitOutcome.Busy::new);
  }

  private ChosenPassword keep(SessionToken token, LoginPassword password, PasswordHash hash) {
    return new ChosenPassword(
        hash, Optional.of(SealedPassword.seal(token, password, chance.random())));
  }

  private SubmitOutcome submit(
      MasterRegistration registration, MasterProfile profile, ChosenPassword password) {
    return transactions.inTransaction(
        stores ->
            whyNot(stores, registration, profile)
                .orElseGet(() -> sendCode(stores, registration, profile, password)));
  }

  private Optional<SubmitOutcome> whyNot(
      MasterRegistrationStores stores, MasterRegistration registration, MasterProfile profile) {
    Instant now = now();
    LoginId loginId = registration.loginId();
    Optional<InvitationLapse> lapse = InvitationLapse.of(stores, loginId, now);
    if (lapse.isPresent()) {
      stores.registrations().end(registration.id(), RegistrationState.CANCELLED);
      audit(stores, loginId, AuditAction.REGISTRATION_REFUSED, "the letter lapsed: " + lapse.get());
      return lapse.map(SubmitOutcome.Lapsed::new);
    }
    if (isTaken(stores, registration.organisation(), profile.userId())) {
      audit(stores, loginId, AuditAction.REGISTRATION_REFUSED, "the user ID is taken");
      return Optional.of(new SubmitOutcome.UserIdTaken());
    }
    int madeToday = stores.registrations().countCodesSince(loginId, now.minus(A_DAY));
    if (!codes.policy().mayMakeAnother(madeToday)) {
      audit(stores, loginId, AuditAction.CODE_REFUSED, "too many codes within 24 hours");
      return Optional.of(new SubmitOutcome.TooManyCodes(codes.policy().perDay()));
    }
    return Optional.empty();
  }

  private static boolean isTaken(
      MasterRegistrationStores stores, Organisation organisation, UserId userId) {
    Optional<SubscriberId> holder = stores.masters().holder(userId);
    Optional<SubscriberId> master = stores.masters().find(organisation.number()).map(User::id);
    return holder.isPresent() && !holder.equals(master);
  }

  private SubmitOutcome sendCode(
      MasterRegistrationStores stores,
      MasterRegistration registration,
      MasterProfile profile,
      ChosenPassword password) {
    Instant now = now();
    long made = registration.codesMade();
    Instant codeEnds = codes.policy().expires(now);
    CodeState code = new CodeState(made + 1, 0, now, codeEnds);
    // Longer than the code, so that its end can be told from the end of everything.
    Submission submission =
        new Submission(profile, password, code, codes.policy().expires(codeEnds));
    if (stores.registrations().sendCode(registration.id(), made, submission)) {
      codes.mail(stores, registration, profile, code);
    }
    return new SubmitOutcome.CodeSent();
  }

  private static boolean takesDetails(MasterRegistration registration) {
    return registration.state() == RegistrationState.OPENED
        || registration.state() == RegistrationState.CODE_SENT;
  }

  /** The registration this browser works on, if it lives. */
  public Optional<MasterRegistration> find(SessionToken token) {
    return transactions.inTransaction(stores -> stores.registrations().find(token.hash(), now()));
  }

  /** The visitor leaves: what was sealed is erased. The letter can be used again. */
  public void cancel(SessionToken token) {
    Boolean unused =
        transactions.inTransaction(
            stores ->
                stores
                    .registrations()
                    .find(token.hash(), now())
                    .map(it -> cancel(stores, it))
                    .orElse(false));
  }

  private boolean cancel(MasterRegistrationStores stores, MasterRegistration registration) {
    boolean open = stores.registrations().end(registration.id(), RegistrationState.CANCELLED);
    if (open) {
      audit(stores, registration.loginId(), AuditAction.REGISTRATION_CANCELLED, "");
    }
    return open;
  }

  private Instant now() {
    return chance.clock().instant();
  }

  private void audit(
      MasterRegistrationStores stores, LoginId loginId, AuditAction action, String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                now(),
                new Actor(Actor.Kind.SUBSCRIBER, loginId.value()),
                action,
                Optional.empty(),
                Optional.empty(),
                detail));
  }
}
