package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.DuplicateUserException;
import dev.inkan.server.registration.Organisation;
import dev.inkan.server.registration.PasswordHash;
import dev.inkan.server.registration.User;
import dev.inkan.server.registration.UserId;
import dev.inkan.server.registration.UserRole;
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

    bed.run(stores -> stores.users().clearAttempts(Bed.TARO));

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
  void aNewPasswordReplacesTheOld() {
    PasswordHash renewed = new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$bmV3$bmV3");

    bed.run(stores -> stores.users().replacePassword(Bed.TARO, renewed));

    assertThat(bed.find(stores -> stores.users().find(Bed.TARO)).map(User::password))
        .contains(renewed);
  }

  private Optional<Attempts> reserve(Instant now) {
    return bed.find(stores -> stores.users().reserveAttempt(Bed.TARO, now, LIMITS));
  }

  private boolean add(SubscriberId id, String userId, UserRole role, Organisation organisation) {
    bed.run(stores -> stores.users().add(Bed.user(id, userId, role, organisation)));
    return true;
  }
}
