package dev.inkan.server.registration.invitation;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.secret.InitialPasswords;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserPassword;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Where the bank invites master users: at first (C1) and again after ログインID・パスワード初期化 (C3). Safe for
 * several threads.
 */
public final class MasterInvitations {

  /** Of 48 thousand million login IDs; a second draw is a marvel already. */
  private static final int MAXIMUM_DRAWS = 20;

  private final Transactions<? extends InvitationStores> transactions;
  private final InitialPasswords passwords;
  private final PasswordHasher hasher;
  private final Duration lifetime;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * @param lifetime how long an initial password opens anything
   */
  public MasterInvitations(
      Transactions<? extends InvitationStores> transactions,
      PasswordHasher hasher,
      Duration lifetime,
      Clock clock,
      SecureRandom random) {
    this.transactions = transactions;
    this.passwords = new InitialPasswords(random);
    this.hasher = hasher;
    this.lifetime = lifetime;
    this.clock = clock;
    this.random = random;
  }

  /**
   * How the master user stands now; changes nothing.
   *
   * @return nothing if no organisation has this number
   */
  public Optional<MasterStanding> standing(String number) {
    return transactions.inTransaction(
        stores ->
            stores
                .organisations()
                .find(number)
                .map(
                    organisation -> {
                      Optional<User> master = stores.masters().find(number);
                      return new MasterStanding(
                          organisation,
                          stores.invitations().findByOrganisation(number),
                          master,
                          valid(stores, master));
                    }));
  }

  /**
   * Initialises the master user (C3): a new letter counts and the former one no longer does; the
   * old password stops at once, sessions end, applications are cancelled, and the old address is
   * told. It revokes no certificate. An organisation whose master user never registered gets a new
   * letter.
   *
   * @param by who does it
   */
  public InitialiseOutcome initialise(String number, Actor by) {
    return drawn(
        (stores, drawn) -> {
          Optional<Organisation> organisation = stores.organisations().find(number);
          if (organisation.isEmpty()) {
            return new InitialiseOutcome.UnknownOrganisation();
          }
          return initialise(stores, organisation.get(), drawn, by);
        },
        InitialiseOutcome.Initialised.class);
  }

  /**
   * Takes rows in the order in which a registration (letter, user) and the flow (application, user)
   * take them, so that neither waits for this while this waits for it.
   */
  private InitialiseOutcome initialise(
      InvitationStores stores, Organisation organisation, Drawn drawn, Actor by) {
    Optional<MasterInvitation> former =
        stores.invitations().findByOrganisation(organisation.number());
    IssuedInvitation letter = invite(stores, organisation, drawn, by);
    Optional<User> master = stores.masters().find(organisation.number());
    InitialiseOutcome.Ended ended =
        master
            .map(user -> shutOut(stores, user, drawn, letter.invitation()))
            .orElseGet(() -> new InitialiseOutcome.Ended(0, 0));
    audit(
        stores,
        letter.invitation().createdAt(),
        by,
        AuditAction.MASTER_INITIALISED,
        master.map(User::id),
        "organisation " + organisation.number());
    return new InitialiseOutcome.Initialised(
        letter, new MasterStanding(organisation, former, master, valid(stores, master)), ended);
  }

  private static InitialiseOutcome.Ended shutOut(
      InvitationStores stores, User master, Drawn drawn, MasterInvitation invitation) {
    // The password first: a session that is being opened with the old one is then seen and ended.
    stores
        .users()
        .setPassword(master.id(), UserPassword.initial(drawn.unopenable(), invitation.expiresAt()));
    InitialiseOutcome.Ended ended =
        new InitialiseOutcome.Ended(
            stores.applications().cancelOf(master.id()), stores.sessions().removeOf(master.id()));
    stores
        .outbox()
        .add(
            OutgoingMail.to(
                master,
                new Notice.PasswordInitialised(
                    master.userId(), master.role(), invitation.expiresAt())));
    return ended;
  }

  private List<CertificateRecord> valid(InvitationStores stores, Optional<User> master) {
    Instant now = clock.instant();
    return master
        .map(user -> stores.certificates().findBySubscriber(user.id()))
        .orElse(List.of())
        .stream()
        .filter(certificate -> certificate.isValidAt(now))
        .toList();
  }

  /** Puts a new invitation in the place of the organisation's former one. */
  IssuedInvitation invite(
      InvitationStores stores, Organisation organisation, Drawn drawn, Actor by) {
    Instant now = clock.instant();
    for (int draw = 0; draw < MAXIMUM_DRAWS; draw++) {
      MasterInvitation invitation =
          MasterInvitation.issued(
              organisation, LoginId.random(random), drawn.hash(), now, now.plus(lifetime));
      if (stores.invitations().replace(invitation)) {
        audit(
            stores,
            now,
            by,
            AuditAction.MASTER_INVITED,
            Optional.empty(),
            "organisation " + organisation.number() + ", login ID " + invitation.loginId());
        return new IssuedInvitation(invitation, drawn.password());
      }
    }
    throw new IllegalStateException("no login ID is free after " + MAXIMUM_DRAWS + " draws");
  }

  /** Draws and hashes before the transaction: hashing is slow. */
  <T> T drawn(BiFunction<InvitationStores, Drawn, T> work, Class<? extends T> keepsPassword) {
    Drawn drawn = draw();
    boolean kept = false;
    try {
      T outcome = transactions.inTransaction(stores -> work.apply(stores, drawn));
      kept = keepsPassword.isInstance(outcome);
      return outcome;
    } finally {
      if (!kept) {
        drawn.password().close();
      }
    }
  }

  private Drawn draw() {
    try (LoginPassword nobodys = passwords.draw()) {
      LoginPassword password = passwords.draw();
      return new Drawn(password, hasher.hash(password), hasher.hash(nobodys));
    }
  }

  /**
   * @param unopenable the hash of a password that nobody ever learns
   */
  record Drawn(LoginPassword password, PasswordHash hash, PasswordHash unopenable) {}

  private static void audit(
      InvitationStores stores,
      Instant at,
      Actor by,
      AuditAction action,
      Optional<SubscriberId> subscriber,
      String detail) {
    stores.audit().append(new AuditEvent(at, by, action, subscriber, Optional.empty(), detail));
  }
}
