package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.policy.LockoutPolicy.Codes;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.user.DuplicateUserException;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class UserStoreTest {

  private final Bed bed;

  UserStoreTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private static final LockoutPolicy LIMITS = new LockoutPolicy(6, Duration.ofMinutes(60), 3);
  private static final MailAddress NEW_MAIL = new MailAddress("new@example.jp");
  private static final SubscriberId HANAKO = new SubscriberId("hanako");

  @BeforeEach
  void addTaro() {
    bed.addTaro();
  }

  @Test
  void aUserComesBackAsAdded() {
    User taro = Bed.user(Bed.TARO, "taro01", UserRole.MASTER, Bed.BANK);

    assertThat(bed.find(stores -> stores.users().find(Bed.TARO))).contains(taro);
    assertThat(bed.find(stores -> stores.users().find(new UserId("taro01")))).contains(taro);
    assertThat(bed.find(stores -> stores.users().find(HANAKO))).isEmpty();
  }

  @Test
  @Tag("B4")
  void userIdsThatDifferInCaseAreTwo() {
    add(HANAKO, "Taro01", UserRole.GENERAL, Bed.BANK);

    assertThat(bed.find(stores -> stores.users().find(new UserId("Taro01"))).map(User::id))
        .contains(HANAKO);
    assertThat(bed.find(stores -> stores.users().find(new UserId("TARO01")))).isEmpty();
  }

  @Test
  void aTakenUserIdIsRefusedAndNothingOfTheUserStays() {
    Organisation other = new Organisation("0002", "別会社");

    assertThatThrownBy(() -> add(HANAKO, "taro01", UserRole.MASTER, other))
        .isInstanceOf(DuplicateUserException.class)
        .hasMessageContaining("taro01");
    assertThat(bed.count("SELECT COUNT(*) FROM organisation")).isEqualTo(1);
  }

  @Test
  void anOrganisationHasOneMasterAndAnyNumberOfGeneralUsers() {
    add(HANAKO, "hanako1", UserRole.GENERAL, Bed.BANK);
    add(new SubscriberId("jiro"), "jiro001", UserRole.GENERAL, Bed.BANK);

    assertThatThrownBy(() -> add(new SubscriberId("saburo"), "saburo1", UserRole.MASTER, Bed.BANK))
        .isInstanceOf(DuplicateUserException.class)
        .hasMessageContaining("0001");
  }

  @Test
  void twoServersMayAddTheFirstUsersOfOneOrganisationAtOnce() throws Exception {
    Organisation other = new Organisation("0002", "別会社");
    List<Boolean> added =
        Race.of(
            List.of(
                () -> add(HANAKO, "hanako1", UserRole.GENERAL, other),
                () -> add(new SubscriberId("jiro"), "jiro001", UserRole.GENERAL, other)));

    assertThat(added).containsExactly(true, true);
  }

  @Test
  @Tag("B7")
  @Tag("B8")
  void theSixthFailureLocksAndTheThirdLockBlocks() {
    Instant now = Bed.NOW;
    for (int lock = 1; lock <= 3; lock++) {
      for (int failure = 1; failure <= 5; failure++) {
        assertThat(reserve(now).orElseThrow().failures()).isEqualTo(failure);
      }
      Instant until = now.plus(Duration.ofMinutes(60));
      assertThat(reserve(now)).contains(new Attempts(0, lock, Optional.of(until), lock == 3));
      assertThat(reserve(until.minusMillis(1))).isEmpty();
      now = until;
    }
    assertThat(reserve(now.plus(Duration.ofDays(400)))).isEmpty();

    PasswordHash hash = taro().password().hash();
    assertThat(bed.did(stores -> stores.users().clearAttempts(Bed.TARO, hash, taro().lock())))
        .isTrue();

    assertThat(reserve(now)).contains(new Attempts(1, 0, Optional.empty(), false));
  }

  @Test
  @Tag("B7")
  @DisplayName("B7: of 200 parallel guesses exactly 6 are checked")
  void parallelGuessesCannotPassTheLimit() throws Exception {
    List<Optional<Attempts>> reserved = Race.of(200, () -> reserve(Bed.NOW));

    assertThat(reserved.stream().filter(Optional::isPresent)).hasSize(6);
    assertThat(bed.find(stores -> stores.users().find(Bed.TARO)).orElseThrow().lock().locks())
        .isEqualTo(1);
  }

  @Test
  @Tag("B7")
  @Tag("B8")
  @DisplayName("B7, B8: three void codes in a row lock, and three such locks block")
  void voidCodesLock() {
    Instant now = Bed.NOW;
    for (int lock = 1; lock <= 3; lock++) {
      assertThat(reserve(now).orElseThrow().failures()).isEqualTo(1);
      assertThat(voidCode(now).orElseThrow().codes()).isEqualTo(new Codes(1, lock - 1));
      assertThat(voidCode(now).orElseThrow().codes()).isEqualTo(new Codes(2, lock - 1));
      Instant until = now.plus(Duration.ofMinutes(60));
      assertThat(voidCode(now))
          .contains(new Attempts(0, lock, Optional.of(until), lock == 3, new Codes(0, lock)));
      assertThat(voidCode(until.minusMillis(1))).isEmpty();
      assertThat(reserve(until.minusMillis(1))).isEmpty();
      now = until;
    }
    assertThat(voidCode(now.plus(Duration.ofDays(400)))).isEmpty();
  }

  @Test
  @Tag("B7")
  @DisplayName(
      "A right password keeps void codes and the locks they brought; a right code ends them")
  void eachSuccessClearsItsOwn() {
    Instant later = Bed.NOW.plus(Duration.ofMinutes(60));
    for (int i = 0; i < 3; i++) {
      assertThat(voidCode(Bed.NOW)).isPresent();
    }
    assertThat(voidCode(later)).isPresent();
    Attempts reserved = reserve(later).orElseThrow();
    PasswordHash hash = taro().password().hash();

    assertThat(bed.did(stores -> stores.users().clearAttempts(Bed.TARO, hash, reserved))).isTrue();
    assertThat(taro().lock())
        .isEqualTo(new Attempts(0, 1, Optional.empty(), false, new Codes(1, 1)));

    assertThat(reserve(later)).isPresent();
    bed.run(stores -> stores.users().clearVoidCodes(Bed.TARO));
    assertThat(taro().lock()).isEqualTo(new Attempts(1, 0, Optional.empty(), false));
  }

  @Test
  @Tag("B7")
  @DisplayName(
      "A success that was overtaken, by another password or a lock by codes, clears nothing")
  void overtaken() {
    Attempts reserved = reserve(Bed.NOW).orElseThrow();
    PasswordHash old = taro().password().hash();
    PasswordHash other = new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$bmV3$b3RoZXI");

    assertThat(bed.did(stores -> stores.users().clearAttempts(Bed.TARO, other, reserved)))
        .as("verified against another hash")
        .isFalse();
    for (int i = 0; i < 3; i++) {
      assertThat(voidCode(Bed.NOW)).isPresent();
    }
    Attempts locked = taro().lock();
    assertThat(bed.did(stores -> stores.users().clearAttempts(Bed.TARO, old, reserved)))
        .as("locked by codes meanwhile")
        .isFalse();
    assertThat(taro().lock()).isEqualTo(locked);
    assertThat(locked.refusesAt(Bed.NOW)).isTrue();
  }

  @Test
  @Tag("B7")
  @DisplayName("Of 50 void codes at once three count, and lock once")
  void parallelVoidCodes() throws Exception {
    List<Optional<Attempts>> counted = Race.of(50, () -> voidCode(Bed.NOW));

    assertThat(counted.stream().filter(Optional::isPresent)).hasSize(3);
    assertThat(taro().lock().locks()).isEqualTo(1);
  }

  @Test
  @Tag("S1")
  @DisplayName("S1: every attempt writes one row, whoever is asked for")
  void everyAttemptWrites() {
    String inVain = "SELECT SUM(failures + 6 * locks) FROM attempt_in_vain";
    assertThat(reserve(Bed.NOW)).isPresent();
    assertThat(bed.count(inVain)).isZero();

    bed.run(stores -> stores.users().reserveInVain(new UserId("nobody01"), Bed.NOW, LIMITS));
    assertThat(bed.count(inVain)).isEqualTo(1);

    for (int i = 0; i < 10; i++) {
      var unused = reserve(Bed.NOW);
    }
    assertThat(taro().lock().locks()).isEqualTo(1);
    assertThat(bed.count(inVain)).as("five of these ten came while locked").isEqualTo(6);
  }

  private User taro() {
    return bed.find(stores -> stores.users().find(Bed.TARO)).orElseThrow();
  }

  private Optional<Attempts> voidCode(Instant now) {
    return bed.find(stores -> stores.users().countVoidCode(Bed.TARO, now, 3, LIMITS));
  }

  @Test
  void aNewPasswordReplacesTheOld() {
    PasswordHash renewed = new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$bmV3$bmV3");
    UserPassword initial = UserPassword.initial(renewed, Bed.NOW);

    bed.run(stores -> stores.users().setPassword(Bed.TARO, initial));

    assertThat(bed.find(stores -> stores.users().find(Bed.TARO)).map(User::password))
        .contains(initial);
  }

  @Test
  @DisplayName("A rehash of a password that was replaced meanwhile does not bring it back")
  void aRehashComesTooLate() {
    PasswordHash old =
        bed.find(stores -> stores.users().find(Bed.TARO)).orElseThrow().password().hash();
    PasswordHash rehashed = new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$bmV3$bmV3");
    PasswordHash other = new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$bmV3$b3RoZXI");

    assertThat(bed.did(stores -> stores.users().rehash(Bed.TARO, old, rehashed))).isTrue();
    assertThat(bed.did(stores -> stores.users().rehash(Bed.TARO, old, other))).isFalse();

    assertThat(bed.find(stores -> stores.users().find(Bed.TARO)).map(User::password))
        .contains(UserPassword.own(rehashed));
  }

  @Test
  @Tag("B10")
  @DisplayName("B10: unlocking clears failures, locks, block and void codes, once")
  void unlock() throws Exception {
    for (int i = 0; i < 18; i++) {
      reserve(Bed.NOW.plus(Duration.ofHours(i)));
    }
    assertThat(lock().blocked()).isTrue();

    assertThat(Race.of(8, () -> bed.did(stores -> stores.users().unlock(Bed.TARO))))
        .filteredOn(done -> done)
        .hasSize(1);

    assertThat(lock()).isEqualTo(Attempts.NONE);
    assertThat(
            bed.count("UPDATE app_user SET void_codes = 2", "SELECT SUM(void_codes) FROM app_user"))
        .isEqualTo(2);
    assertThat(bed.did(stores -> stores.users().unlock(Bed.TARO))).isTrue();
    assertThat(bed.count("SELECT SUM(void_codes) FROM app_user")).isZero();
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: a removed user is found by nobody, and the user ID stays taken for ever")
  void remove() throws Exception {
    assertThat(Race.of(8, () -> bed.did(stores -> stores.users().remove(Bed.TARO, Bed.NOW))))
        .filteredOn(done -> done)
        .hasSize(1);

    assertThat(bed.find(stores -> stores.users().find(Bed.TARO))).isEmpty();
    assertThat(bed.find(stores -> stores.users().find(new UserId("taro01")))).isEmpty();
    assertThat(reserve(Bed.NOW)).isEmpty();
    assertThat(bed.did(stores -> stores.users().unlock(Bed.TARO))).isFalse();
    assertThat(bed.did(stores -> stores.users().changeMail(Bed.TARO, NEW_MAIL))).isFalse();
    assertThatThrownBy(() -> add(HANAKO, "taro01", UserRole.GENERAL, Bed.BANK))
        .isInstanceOf(DuplicateUserException.class)
        .hasMessageContaining("taro01");
  }

  @Test
  @Tag("C4")
  void aChangedAddressIsTheRegisteredOne() {
    assertThat(bed.did(stores -> stores.users().changeMail(Bed.TARO, NEW_MAIL))).isTrue();
    assertThat(bed.did(stores -> stores.users().changeMail(HANAKO, NEW_MAIL))).isFalse();

    assertThat(bed.find(stores -> stores.users().find(Bed.TARO)).map(User::mail))
        .contains(NEW_MAIL);
  }

  private Attempts lock() {
    return bed.find(stores -> stores.users().find(Bed.TARO)).orElseThrow().lock();
  }

  private Optional<Attempts> reserve(Instant now) {
    return bed.find(stores -> stores.users().reserveAttempt(Bed.TARO, now, LIMITS));
  }

  private boolean add(SubscriberId id, String userId, UserRole role, Organisation organisation) {
    bed.run(stores -> stores.users().add(Bed.user(id, userId, role, organisation)));
    return true;
  }
}
