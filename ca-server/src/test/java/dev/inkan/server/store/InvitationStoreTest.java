package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.invitation.InvitationStore;
import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.invitation.MasterInvitation;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.UserRole;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
final class InvitationStoreTest {

  private static final LockoutPolicy LIMITS = new LockoutPolicy(6, Duration.ofMinutes(60), 3);
  private static final LoginId LETTER = new LoginId("AB12345678");
  private static final LoginId NEWER = new LoginId("CD12345678");
  private static final Instant END = Bed.NOW.plus(Duration.ofDays(30));
  private static final PasswordHash HASH =
      new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");
  private static final Organisation OTHER = new Organisation("0002", "別会社");

  private final Bed bed;

  InvitationStoreTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @BeforeEach
  void addLetter() {
    bed.addTaro();
    assertThat(did(invitations -> invitations.replace(letter(LETTER)))).isTrue();
  }

  @Test
  @Tag("C1")
  void anInvitationComesBackAsAdded() {
    assertThat(find(LETTER)).contains(letter(LETTER));
    assertThat(find(NEWER)).isEmpty();
    assertThat(findOf(Bed.BANK)).contains(letter(LETTER));
    assertThat(findOf(OTHER)).isEmpty();
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: a newer letter takes the place of the older, used or blocked as that may be")
  void aNewerLetterReplacesTheOlder() {
    for (int attempt = 0; attempt < 6; attempt++) {
      assertThat(reserve(Bed.NOW)).isPresent();
    }
    assertThat(consume(LETTER, Bed.NOW)).isTrue();

    assertThat(did(invitations -> invitations.replace(letter(NEWER)))).isTrue();

    assertThat(find(LETTER)).isEmpty();
    assertThat(consume(LETTER, Bed.NOW)).isFalse();
    assertThat(find(NEWER)).contains(letter(NEWER));
    assertThat(bed.count("SELECT COUNT(*) FROM master_invitation")).isEqualTo(1);
  }

  @Test
  void aTakenLoginIdIsRefusedAndTheTransactionGoesOn() {
    bed.run(
        stores ->
            stores
                .users()
                .add(Bed.user(new SubscriberId("jiro"), "jiro001", UserRole.MASTER, OTHER)));
    MasterInvitation clash = MasterInvitation.issued(OTHER, LETTER, HASH, Bed.NOW, END);
    MasterInvitation redrawn = MasterInvitation.issued(OTHER, NEWER, HASH, Bed.NOW, END);

    List<Boolean> done =
        bed.list(
            stores ->
                List.of(
                    stores.invitations().replace(clash), stores.invitations().replace(redrawn)));

    assertThat(done).containsExactly(false, true);
    assertThat(findOf(Bed.BANK)).contains(letter(LETTER));
    assertThat(findOf(OTHER)).contains(redrawn);
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: an initial password works once, and before its end")
  void itIsConsumedOnce() {
    assertThat(consume(LETTER, END)).isFalse();
    assertThat(consume(LETTER, END.minusMillis(1))).isTrue();
    assertThat(consume(LETTER, END.minusMillis(1))).isFalse();
    assertThat(find(LETTER).orElseThrow().usedAt()).contains(END.minusMillis(1));
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: of eight who use one initial password at once exactly one succeeds")
  void oneOfManyConsumes() throws Exception {
    List<Boolean> consumed = Race.of(8, () -> consume(LETTER, Bed.NOW));

    assertThat(consumed).containsOnlyOnce(true);
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: wrong initial passwords lock and block as wrong passwords do")
  void wrongInitialPasswordsAreCounted() {
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

    bed.run(stores -> stores.invitations().clearAttempts(LETTER));

    assertThat(reserve(now)).contains(new Attempts(1, 0, Optional.empty(), false));
    assertThat(bed.find(stores -> stores.invitations().reserveAttempt(NEWER, Bed.NOW, LIMITS)))
        .isEmpty();
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: of 200 parallel guesses at an initial password exactly 6 are checked")
  void parallelGuessesCannotPassTheLimit() throws Exception {
    List<Optional<Attempts>> reserved = Race.of(200, () -> reserve(Bed.NOW));

    assertThat(reserved.stream().filter(Optional::isPresent)).hasSize(6);
  }

  private static MasterInvitation letter(LoginId loginId) {
    return MasterInvitation.issued(Bed.BANK, loginId, HASH, Bed.NOW, END);
  }

  private Optional<MasterInvitation> find(LoginId loginId) {
    return bed.find(stores -> stores.invitations().find(loginId));
  }

  private Optional<MasterInvitation> findOf(Organisation organisation) {
    return bed.find(stores -> stores.invitations().findByOrganisation(organisation.number()));
  }

  private Optional<Attempts> reserve(Instant now) {
    return bed.find(stores -> stores.invitations().reserveAttempt(LETTER, now, LIMITS));
  }

  private boolean consume(LoginId loginId, Instant now) {
    return did(invitations -> invitations.consume(loginId, now));
  }

  private boolean did(Predicate<InvitationStore> work) {
    return bed.did(stores -> work.test(stores.invitations()));
  }
}
