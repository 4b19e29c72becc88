package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.access.Authenticator;
import dev.inkan.server.registration.access.Session;
import dev.inkan.server.registration.access.SourceBudget;
import dev.inkan.server.registration.application.Application;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.invitation.AddOutcome;
import dev.inkan.server.registration.invitation.InitialiseOutcome;
import dev.inkan.server.registration.invitation.IssuedInvitation;
import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.invitation.MasterInvitation;
import dev.inkan.server.registration.invitation.MasterInvitations;
import dev.inkan.server.registration.invitation.MasterStanding;
import dev.inkan.server.registration.invitation.Organisations;
import dev.inkan.server.registration.secret.HashingGate;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.secret.TokenHash;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The bank's desks over organisations and their master users, on every database. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class MasterInvitationsTest {

  private static final Actor BANK = new Actor(Actor.Kind.SYSTEM, "node-1");
  private static final Organisation NEW = new Organisation("0007", "新しい団体");
  private static final LockoutPolicy LIMITS = new LockoutPolicy(6, Duration.ofMinutes(60), 3);
  private static final String PASSWORD = "Inkan#2026";
  private static final UserId TARO = new UserId("taro01");

  private final Bed bed;
  private final PasswordHasher hasher;
  private final MasterInvitations invitations;
  private final Organisations organisations;

  MasterInvitationsTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    SecureRandom random = new SecureRandom();
    this.hasher = new PasswordHasher(new PasswordHasher.Cost(64, 1, 1), random);
    this.invitations =
        new MasterInvitations(bed.transactions, hasher, Duration.ofDays(30), bed.clock, random);
    this.organisations = new Organisations(invitations, bed.clock);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private void addTaroWithPassword() {
    bed.addTaro();
    UserPassword own = UserPassword.own(hasher.hash(password(PASSWORD)));
    bed.run(stores -> stores.users().setPassword(Bed.TARO, own));
  }

  private static LoginPassword password(String text) {
    return LoginPassword.parse(text.toCharArray()).orElseThrow();
  }

  private Authentication authenticate(String text) {
    return new Authenticator(
            bed.transactions,
            hasher,
            new HashingGate(2, 2),
            new SourceBudget(1_000, Duration.ofMinutes(1)),
            LIMITS,
            bed.clock)
        .authenticate(TARO, password(text), "192.0.2.1");
  }

  private IssuedInvitation added() {
    return ((AddOutcome.Added) organisations.add(NEW, BANK)).letter();
  }

  private InitialiseOutcome.Initialised initialised(String number) {
    return (InitialiseOutcome.Initialised) invitations.initialise(number, BANK);
  }

  private MasterInvitation stored(String number) {
    return bed.find(stores -> stores.invitations().findByOrganisation(number)).orElseThrow();
  }

  private long audits(String action) {
    return bed.count("SELECT COUNT(*) FROM audit_event WHERE action = '" + action + "'");
  }

  private long mails(String kind) {
    return bed.count(
        "SELECT COUNT(*) FROM mail_outbox WHERE recipient = 'taro@example.jp' AND kind = '"
            + kind
            + "'");
  }

  @Test
  @Tag("C1")
  @DisplayName(
      "C1: an added organisation has a letter whose password is kept as a hash for 30 days")
  void addInvites() {
    try (IssuedInvitation letter = added()) {
      MasterInvitation stored = stored("0007");

      assertThat(stored.loginId()).isEqualTo(letter.invitation().loginId());
      assertThat(stored.organisation()).isEqualTo(NEW);
      assertThat(stored.expiresAt()).isEqualTo(stored.createdAt().plus(Duration.ofDays(30)));
      assertThat(stored.isUsed()).isFalse();
      assertThat(hasher.verify(letter.password(), stored.initialPassword())).isTrue();
      assertThat(letter.toString()).doesNotContain(new String(letter.password().toCharArray()));
    }
    assertThat(audits("ORGANISATION_ADDED")).isEqualTo(1);
    assertThat(audits("MASTER_INVITED")).isEqualTo(1);
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: the same number a second time changes nothing, not even the letter")
  void addedTwice() {
    added().close();
    MasterInvitation before = stored("0007");

    AddOutcome again = organisations.add(new Organisation("0007", "別の名前"), BANK);

    assertThat(again).isEqualTo(new AddOutcome.NumberTaken(NEW));
    assertThat(stored("0007")).isEqualTo(before);
    assertThat(audits("ORGANISATION_ADDED") + audits("MASTER_INVITED")).isEqualTo(2);
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: of eight that add one organisation at once, one gets the letter that counts")
  void addedAtOnce() throws Exception {
    List<AddOutcome> outcomes = Race.of(8, () -> organisations.add(NEW, BANK));

    List<AddOutcome.Added> added =
        outcomes.stream()
            .filter(AddOutcome.Added.class::isInstance)
            .map(AddOutcome.Added.class::cast)
            .toList();
    assertThat(added).hasSize(1);
    assertThat(stored("0007").loginId()).isEqualTo(added.get(0).letter().invitation().loginId());
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: the old password is refused at once, also after it was right a moment before")
  void oldPasswordStops() {
    addTaroWithPassword();
    assertThat(authenticate(PASSWORD)).isInstanceOf(Authentication.Authenticated.class);

    try (IssuedInvitation letter = initialised("0001").letter()) {
      assertThat(authenticate(PASSWORD)).isInstanceOf(Authentication.Refused.class);
      assertThat(authenticate(new String(letter.password().toCharArray())))
          .as("the letter's password is for the registration alone")
          .isInstanceOf(Authentication.Refused.class);
      assertThat(hasher.verify(letter.password(), stored("0001").initialPassword())).isTrue();
    }
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: sessions of log-in and flow end, applications are cancelled, secrets erased")
  void everythingOpenEnds() {
    addTaroWithPassword();
    Application application = Bed.application();
    bed.run(stores -> stores.applications().add(application));
    TokenHash inFlow = new TokenHash("a".repeat(64));
    TokenHash loggedIn = new TokenHash("b".repeat(64));
    Instant end = Bed.NOW.plusSeconds(900);
    bed.run(
        stores ->
            stores
                .sessions()
                .add(
                    new Session(
                        inFlow,
                        Bed.TARO,
                        Optional.of(application.id()),
                        Optional.empty(),
                        Bed.NOW,
                        end)));
    bed.run(
        stores ->
            stores
                .sessions()
                .add(
                    new Session(
                        loggedIn,
                        Bed.TARO,
                        Optional.empty(),
                        Optional.of(new Fingerprint("c".repeat(64))),
                        Bed.NOW,
                        end)));

    InitialiseOutcome.Initialised done = initialised("0001");

    assertThat(done.ended()).isEqualTo(new InitialiseOutcome.Ended(1, 2));
    assertThat(bed.find(stores -> stores.sessions().find(inFlow, Bed.NOW))).isEmpty();
    assertThat(bed.find(stores -> stores.sessions().find(loggedIn, Bed.NOW))).isEmpty();
    Application after =
        bed.find(stores -> stores.applications().find(application.id())).orElseThrow();
    assertThat(after.state()).isEqualTo(ApplicationState.CANCELLED);
    assertThat(after.sealedPassword()).isEmpty();
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: the old address is told, and the audit trail holds no secret")
  void told() {
    addTaroWithPassword();

    try (IssuedInvitation letter = initialised("0001").letter()) {
      String secret = new String(letter.password().toCharArray());

      assertThat(mails("initialised")).isEqualTo(1);
      assertThat(audits("MASTER_INITIALISED")).isEqualTo(1);
      assertThat(bed.count("SELECT COUNT(*) FROM audit_event WHERE detail LIKE '%" + secret + "%'"))
          .isZero();
    }
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: it revokes nothing, and says which certificates stay valid")
  void certificatesStay() {
    addTaroWithPassword();
    Instant longAgo = Bed.NOW.minus(Duration.ofDays(700));
    issue(1, longAgo);
    issue(2, Bed.NOW);
    bed.run(
        stores ->
            stores
                .certificates()
                .revoke(
                    Bed.serial(2),
                    new CertificateStatus.Revoked(Bed.NOW, RevocationReason.KEY_COMPROMISE)));
    issue(3, Bed.NOW);

    MasterStanding before = initialised("0001").before();

    assertThat(before.valid().stream().map(CertificateRecord::serialNumber))
        .containsExactly(Bed.serial(3));
    assertThat(bed.find(stores -> stores.certificates().find(Bed.serial(3))).orElseThrow())
        .satisfies(it -> assertThat(it.isValidAt(Bed.NOW)).isTrue());
    assertThat(invitations.standing("0001").orElseThrow().valid()).isEqualTo(before.valid());
  }

  private void issue(long serial, Instant at) {
    bed.run(stores -> stores.certificates().prepare(Bed.prepared(serial, Bed.TARO, at)));
    Der der = Der.copyOf(new byte[] {0x30, 1, (byte) serial});
    bed.run(stores -> stores.certificates().markIssued(Bed.serial(serial), der));
  }

  @Test
  @Tag("C3")
  @DisplayName(
      "C3: a letter that was lost before it was used is replaced; the old one stops counting")
  void lostLetter() {
    LoginId lost = added().invitation().loginId();

    InitialiseOutcome.Initialised done = initialised("0007");

    assertThat(done.before().master()).isEmpty();
    assertThat(done.letter().invitation().loginId()).isNotEqualTo(lost);
    assertThat(bed.find(stores -> stores.invitations().find(lost))).isEmpty();
    assertThat(bed.count("SELECT COUNT(*) FROM mail_outbox")).isZero();
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: an organisation that was imported without a letter gets one")
  void importedOrganisation() throws Exception {
    addTaroWithPassword();
    assertThat(invitations.standing("0001").orElseThrow().invitation()).isEmpty();

    List<InitialiseOutcome> outcomes = Race.of(4, () -> invitations.initialise("0001", BANK));

    LoginId counting = stored("0001").loginId();
    assertThat(
            outcomes.stream()
                .map(InitialiseOutcome.Initialised.class::cast)
                .filter(it -> it.letter().invitation().loginId().equals(counting)))
        .as("of four at once the last one counts")
        .hasSize(1);
    assertThat(bed.count("SELECT COUNT(*) FROM master_invitation")).isEqualTo(1);
  }

  @Test
  void unknownOrganisationsAreToldSo() {
    assertThat(invitations.standing("9999")).isEmpty();
    assertThat(invitations.initialise("9999", BANK))
        .isEqualTo(new InitialiseOutcome.UnknownOrganisation());
    assertThat(bed.count("SELECT COUNT(*) FROM audit_event")).isZero();
  }
}
