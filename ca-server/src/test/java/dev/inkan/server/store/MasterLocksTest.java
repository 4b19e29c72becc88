package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.access.Authenticator;
import dev.inkan.server.registration.access.SourceBudget;
import dev.inkan.server.registration.invitation.AddOutcome;
import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.invitation.MasterInvitation;
import dev.inkan.server.registration.invitation.MasterInvitations;
import dev.inkan.server.registration.invitation.MasterLocks;
import dev.inkan.server.registration.invitation.Organisations;
import dev.inkan.server.registration.invitation.UnlockOutcome;
import dev.inkan.server.registration.secret.HashingGate;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the bank ends locks and blocks of master users, on every database. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class MasterLocksTest {

  private static final Actor BANK = new Actor(Actor.Kind.SYSTEM, "node-1");
  private static final Organisation NEW = new Organisation("0007", "新しい団体");
  private static final LockoutPolicy LIMITS = new LockoutPolicy(6, Duration.ofMinutes(60), 3);
  private static final String PASSWORD = "Inkan#2026";
  private static final UserId TARO = new UserId("taro01");

  private final Bed bed;
  private final PasswordHasher hasher;
  private final Organisations organisations;
  private final MasterLocks locks;

  MasterLocksTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    SecureRandom random = new SecureRandom();
    this.hasher = new PasswordHasher(new PasswordHasher.Cost(64, 1, 1), random);
    this.organisations =
        new Organisations(
            new MasterInvitations(bed.transactions, hasher, Duration.ofDays(30), bed.clock, random),
            bed.clock);
    this.locks = new MasterLocks(bed.transactions, bed.clock);
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

  private LoginId added() {
    AddOutcome.Added added = (AddOutcome.Added) organisations.add(NEW, BANK);
    return added.letter().invitation().loginId();
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
  void unknownOrganisationsAreToldSo() {
    assertThat(locks.unlock("9999", BANK)).isEqualTo(new UnlockOutcome.UnknownOrganisation());
    assertThat(locks.unblock("9999", BANK)).isEqualTo(new UnlockOutcome.UnknownOrganisation());
    assertThat(bed.count("SELECT COUNT(*) FROM audit_event")).isZero();
  }

  private void wrong(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(authenticate("Wrong#2026")).isInstanceOf(Authentication.Refused.class);
    }
  }

  private void lockAgainAndAgain(int locksInARow) {
    for (int lock = 0; lock < locksInARow; lock++) {
      wrong(6);
      bed.clock.advance(Duration.ofMinutes(61));
    }
  }

  @Test
  @Tag("B10")
  @DisplayName("B10: the bank unlocks a master user, who is told and gets in")
  void unlock() {
    addTaroWithPassword();
    assertThat(locks.unlock("0001", BANK)).isEqualTo(new UnlockOutcome.NothingToEnd());
    wrong(6);
    assertThat(authenticate(PASSWORD)).isInstanceOf(Authentication.Refused.class);
    assertThat(locks.unblock("0001", BANK)).isEqualTo(new UnlockOutcome.NothingToEnd());

    assertThat(locks.unlock("0001", BANK))
        .isEqualTo(new UnlockOutcome.Ended(Optional.of(TARO), Optional.empty()));

    assertThat(authenticate(PASSWORD)).isInstanceOf(Authentication.Authenticated.class);
    assertThat(mails("unlocked")).isEqualTo(1);
    assertThat(audits("USER_UNLOCKED")).isEqualTo(1);
  }

  @Test
  @Tag("B10")
  @DisplayName("B10: a block is ended by unblocking, not by unlocking")
  void unblock() {
    addTaroWithPassword();
    lockAgainAndAgain(3);
    assertThat(authenticate(PASSWORD)).isInstanceOf(Authentication.Refused.class);
    assertThat(locks.unlock("0001", BANK)).isEqualTo(new UnlockOutcome.Blocked());
    assertThat(authenticate(PASSWORD)).isInstanceOf(Authentication.Refused.class);

    assertThat(locks.unblock("0001", BANK))
        .isEqualTo(new UnlockOutcome.Ended(Optional.of(TARO), Optional.empty()));

    assertThat(authenticate(PASSWORD)).isInstanceOf(Authentication.Authenticated.class);
    assertThat(bed.find(stores -> stores.users().find(TARO)).map(User::lock).orElseThrow().locks())
        .isZero();
  }

  @Test
  @Tag("B10")
  @DisplayName("B10: a letter that was locked or blocked by wrong initial passwords opens again")
  void letters() {
    LoginId letter = added();
    reserve(letter, 6);
    assertThat(locks.unlock("0007", BANK))
        .isEqualTo(new UnlockOutcome.Ended(Optional.empty(), Optional.of(letter)));
    assertThat(stored("0007").lock().locks()).isZero();
    for (int lock = 0; lock < 3; lock++) {
      reserve(letter, 6);
      bed.clock.advance(Duration.ofMinutes(61));
    }
    assertThat(stored("0007").lock().blocked()).isTrue();
    assertThat(locks.unlock("0007", BANK)).isEqualTo(new UnlockOutcome.Blocked());

    assertThat(locks.unblock("0007", BANK))
        .isEqualTo(new UnlockOutcome.Ended(Optional.empty(), Optional.of(letter)));

    assertThat(stored("0007").lock().refusesAt(bed.clock.instant())).isFalse();
    assertThat(audits("INVITATION_UNLOCKED")).isEqualTo(2);
  }

  private void reserve(LoginId letter, int times) {
    for (int i = 0; i < times; i++) {
      Instant now = bed.clock.instant();
      assertThat(bed.find(stores -> stores.invitations().reserveAttempt(letter, now, LIMITS)))
          .isPresent();
    }
  }
}
