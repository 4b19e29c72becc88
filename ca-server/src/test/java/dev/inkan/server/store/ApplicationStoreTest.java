package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.access.ApplicationId;
import dev.inkan.server.registration.application.Application;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.application.ApplicationStore;
import dev.inkan.server.registration.application.IssuedFile;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.SealedSecret;
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
final class ApplicationStoreTest {

  private final Bed bed;

  ApplicationStoreTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private static final SealedSecret ANEW = SealedSecret.copyOf(new byte[] {4, 5, 6});
  private static final Instant UNTIL = Bed.NOW.plus(Duration.ofMinutes(15));
  private static final IssuedFile FILE =
      new IssuedFile(
          Bed.serial(1),
          "taro0120261122100203.p12",
          Optional.of(SealedSecret.copyOf(new byte[] {7, 8})),
          UNTIL,
          Optional.empty());

  private final Application application = Bed.application();
  private final ApplicationId id = application.id();

  @BeforeEach
  void addApplication() {
    bed.addTaro();
    bed.run(stores -> stores.certificates().prepare(Bed.prepared(1, Bed.TARO, Bed.NOW)));
    bed.run(stores -> stores.applications().add(application));
  }

  @Test
  void anApplicationGoesFromTheCodeToTheDownload() {
    assertThat(find()).isEqualTo(application);

    assertThat(did(applications -> applications.confirm(id, ANEW))).isTrue();
    assertThat(find().state()).isEqualTo(ApplicationState.CONFIRMED);
    assertThat(find().sealedPassword()).contains(ANEW);

    assertThat(did(applications -> applications.begin(id, Bed.NODE))).isTrue();
    assertThat(find().state()).isEqualTo(ApplicationState.ISSUING);
    assertThat(find().issuingNode()).contains(Bed.NODE);
    assertThat(find().sealedPassword()).isEmpty();

    assertThat(did(applications -> applications.complete(id, FILE))).isTrue();
    assertThat(find().state()).isEqualTo(ApplicationState.ISSUED);
    assertThat(find().issuingNode()).isEmpty();
    assertThat(find().file()).contains(FILE);
    assertThat(bed.find(stores -> stores.applications().find(Bed.serial(1)))).contains(find());

    assertThat(did(applications -> applications.delivered(id, Bed.NOW))).isTrue();
    assertThat(did(applications -> applications.delivered(id, UNTIL))).isFalse();
    assertThat(find().file().flatMap(IssuedFile::deliveredAt)).contains(Bed.NOW);
  }

  @Test
  @Tag("B14")
  @DisplayName("Double click: of 16 parallel confirmations, starts and ends one each is told true")
  void everyStepHappensOnce() throws Exception {
    assertOnce(applications -> applications.confirm(id, ANEW));
    assertOnce(applications -> applications.begin(id, Bed.NODE));
    assertOnce(applications -> applications.complete(id, FILE));
    assertOnce(applications -> applications.delivered(id, Bed.NOW));
  }

  private void assertOnce(Predicate<ApplicationStore> step) throws Exception {
    assertThat(Race.of(16, () -> did(step))).filteredOn(done -> done).hasSize(1);
  }

  @Test
  @Tag("B12")
  void fiveTriesAreAllowedWhileTheCodeHolds() throws Exception {
    List<Optional<CodeState>> tries = Race.of(50, () -> tryCode(Bed.NOW));

    assertThat(tries).filteredOn(Optional::isPresent).hasSize(5);
    assertThat(find().code().tries()).isEqualTo(5);
    assertThat(tryCode(Bed.NOW)).isEmpty();
  }

  @Test
  @Tag("B12")
  void aCodeIsNotTriedAfterItsEnd() {
    Instant end = application.code().expiresAt();

    assertThat(tryCode(end)).isEmpty();
    assertThat(tryCode(end.minusNanos(1000)).map(CodeState::tries)).contains(1);
  }

  private Optional<CodeState> tryCode(Instant now) {
    return bed.find(stores -> stores.applications().reserveCodeTry(id, now, 5));
  }

  @Test
  void aResendWaitsAndKeepsTheEnd() {
    Instant later = Bed.NOW.plusSeconds(60);

    assertThat(did(applications -> applications.resend(id, later, Bed.NOW.minusSeconds(1))))
        .isFalse();
    assertThat(did(applications -> applications.resend(id, later, Bed.NOW))).isTrue();

    assertThat(find().code()).isEqualTo(new CodeState(7, 0, later, application.code().expiresAt()));
  }

  @Test
  void aVoidCodeEndsTheFlowAndErasesThePassword() {
    assertThat(did(applications -> applications.voidCode(id))).isTrue();

    assertThat(find().state()).isEqualTo(ApplicationState.CODE_VOID);
    assertThat(find().sealedPassword()).isEmpty();
    assertThat(did(applications -> applications.confirm(id, ANEW))).isFalse();
    assertThat(tryCode(Bed.NOW)).isEmpty();
  }

  @Test
  void cancellingWorksUntilIssuing() {
    bed.run(stores -> stores.applications().add(Bed.application()));
    did(applications -> applications.confirm(id, ANEW));
    assertThat(did(applications -> applications.cancel(id))).isTrue();
    assertThat(find().sealedPassword()).isEmpty();
    assertThat(did(applications -> applications.cancel(id))).isFalse();
    assertThat(did(applications -> applications.begin(id, Bed.NODE))).isFalse();
  }

  @Test
  @Tag("S8")
  void whatANodeLeftUnfinishedFails() {
    did(applications -> applications.confirm(id, ANEW));
    did(applications -> applications.begin(id, Bed.NODE));
    assertThat(did(applications -> applications.cancel(id))).isFalse();

    assertThat(bed.<Integer>get(stores -> stores.applications().failUnfinished(Bed.NODE)))
        .isEqualTo(1);

    assertThat(find().state()).isEqualTo(ApplicationState.FAILED);
    assertThat(did(applications -> applications.complete(id, FILE))).isFalse();
    assertThat(did(applications -> applications.fail(id))).isFalse();
  }

  @Test
  @Tag("S5")
  void secretsAreErasedInTime() {
    assertThat(erase(UNTIL, Bed.NOW)).isZero();
    assertThat(erase(UNTIL, Bed.NOW.plusSeconds(1))).isEqualTo(1);
    assertThat(find().sealedPassword()).isEmpty();

    did(applications -> applications.confirm(id, ANEW));
    did(applications -> applications.begin(id, Bed.NODE));
    did(applications -> applications.complete(id, FILE));
    assertThat(erase(UNTIL.minusMillis(1), Bed.NOW)).isZero();
    assertThat(erase(UNTIL, Bed.NOW)).isEqualTo(1);
    assertThat(find().file().orElseThrow().sealed()).isEmpty();
  }

  private int erase(Instant now, Instant passwordsBefore) {
    return bed.get(stores -> stores.applications().eraseExpired(now, passwordsBefore));
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: all that is under way for a user is cancelled, even the making, and erased")
  void cancelOf() {
    Application confirmed = Bed.application();
    bed.run(stores -> stores.applications().add(confirmed));
    did(applications -> applications.confirm(confirmed.id(), ANEW));
    did(applications -> applications.begin(confirmed.id(), Bed.NODE));
    assertThat(cancelOf(new SubscriberId("hanako"))).isZero();

    assertThat(cancelOf(Bed.TARO)).isEqualTo(2);

    assertThat(find().state()).isEqualTo(ApplicationState.CANCELLED);
    assertThat(find().sealedPassword()).isEmpty();
    assertThat(did(applications -> applications.complete(confirmed.id(), FILE))).isFalse();
    assertThat(did(applications -> applications.fail(confirmed.id()))).isFalse();
    assertThat(cancelOf(Bed.TARO)).isZero();
  }

  @Test
  @Tag("C4")
  void whatIsIssuedIsNotCancelled() {
    did(applications -> applications.confirm(id, ANEW));
    did(applications -> applications.begin(id, Bed.NODE));
    did(applications -> applications.complete(id, FILE));

    assertThat(cancelOf(Bed.TARO)).isZero();

    assertThat(find().file()).contains(FILE);
  }

  private int cancelOf(SubscriberId user) {
    return bed.get(stores -> stores.applications().cancelOf(user));
  }

  @Test
  void codesAreCountedPerUserAndTime() {
    bed.run(stores -> stores.applications().add(Bed.application()));

    assertThat(countSince(Bed.NOW)).isEqualTo(2);
    assertThat(countSince(Bed.NOW.plusMillis(1))).isZero();
  }

  private int countSince(Instant since) {
    return bed.get(stores -> stores.applications().countSince(Bed.TARO, since));
  }

  private boolean did(Predicate<ApplicationStore> step) {
    return bed.did(stores -> step.test(stores.applications()));
  }

  @Test
  @Tag("C5")
  @DisplayName("C5: while a password is due none is kept, and the application goes on by confirm")
  void passwordDue() {
    assertThat(did(applications -> applications.passwordDue(id))).isTrue();
    assertThat(find().state()).isEqualTo(ApplicationState.PASSWORD_DUE);
    assertThat(find().sealedPassword()).isEmpty();

    assertThat(did(applications -> applications.passwordDue(id))).isFalse();
    assertThat(did(applications -> applications.begin(id, Bed.NODE))).isFalse();
    assertThat(did(applications -> applications.voidCode(id))).isFalse();
    assertThat(tryCode(Bed.NOW)).isEmpty();
    assertThat(did(applications -> applications.confirm(id, ANEW))).isTrue();
    assertThat(find().state()).isEqualTo(ApplicationState.CONFIRMED);
    assertThat(did(applications -> applications.passwordDue(id))).isFalse();
  }

  @Test
  @Tag("C5")
  void whoseTurnItIsToChooseAPasswordMayLeave() {
    did(applications -> applications.passwordDue(id));

    assertThat(did(applications -> applications.cancel(id))).isTrue();
    assertThat(did(applications -> applications.confirm(id, ANEW))).isFalse();
  }

  private Application find() {
    return bed.find(stores -> stores.applications().find(id)).orElseThrow();
  }
}
