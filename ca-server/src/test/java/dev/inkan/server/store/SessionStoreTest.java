package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.registration.access.Session;
import dev.inkan.server.registration.application.Application;
import dev.inkan.server.registration.secret.TokenHash;
import dev.inkan.server.registration.user.UserRole;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
final class SessionStoreTest {

  private final Bed bed;

  SessionStoreTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private static final TokenHash TOKEN = new TokenHash("ab".repeat(32));
  private static final Instant END = Bed.NOW.plus(Duration.ofMinutes(15));

  @BeforeEach
  void addTaro() {
    bed.addTaro();
  }

  @Test
  void aSessionHoldsUntilItsEnd() {
    Application application = Bed.application();
    bed.run(stores -> stores.applications().add(application));
    Session session =
        new Session(TOKEN, Bed.TARO, Optional.of(application.id()), Optional.empty(), Bed.NOW, END);

    bed.run(stores -> stores.sessions().add(session));

    assertThat(find(END.minusMillis(1))).contains(session);
    assertThat(find(END)).isEmpty();
  }

  @Test
  void useMovesTheEnd() {
    Session session = addLogin();

    bed.run(stores -> stores.sessions().extend(TOKEN, END.plusSeconds(60)));

    assertThat(find(END).flatMap(Session::certificate)).isEqualTo(session.certificate());
  }

  @Test
  @Tag("S2")
  void logOutEndsItOnTheServer() {
    addLogin();

    bed.run(stores -> stores.sessions().remove(TOKEN));

    assertThat(find(Bed.NOW)).isEmpty();
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: every session of a user ends at once, and nobody else's")
  void removeOf() {
    Application application = Bed.application();
    bed.run(stores -> stores.applications().add(application));
    TokenHash other = new TokenHash("ef".repeat(32));
    bed.run(
        stores ->
            stores
                .sessions()
                .add(
                    new Session(
                        other,
                        Bed.TARO,
                        Optional.of(application.id()),
                        Optional.empty(),
                        Bed.NOW,
                        END)));
    addLogin();
    SubscriberId hanako = new SubscriberId("hanako");
    bed.run(stores -> stores.users().add(Bed.user(hanako, "hanako1", UserRole.GENERAL, Bed.BANK)));

    assertThat(removeOf(hanako)).isZero();
    assertThat(removeOf(Bed.TARO)).isEqualTo(2);

    assertThat(find(Bed.NOW)).isEmpty();
  }

  @Test
  void endedSessionsAreRemoved() {
    addLogin();

    assertThat(removeExpired(END.minusMillis(1))).isZero();
    assertThat(removeExpired(END)).isEqualTo(1);
  }

  @Test
  @Tag("S2")
  void oneTokenNamesOneSession() {
    addLogin();

    assertThatThrownBy(this::addLogin)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("session_id_is_taken");
  }

  private int removeOf(SubscriberId user) {
    return bed.get(stores -> stores.sessions().removeOf(user));
  }

  private int removeExpired(Instant now) {
    return bed.get(stores -> stores.sessions().removeExpired(now));
  }

  private Session addLogin() {
    Fingerprint certificate = new Fingerprint("cd".repeat(32));
    Session session =
        new Session(TOKEN, Bed.TARO, Optional.empty(), Optional.of(certificate), Bed.NOW, END);
    bed.run(stores -> stores.sessions().add(session));
    return session;
  }

  private Optional<Session> find(Instant now) {
    return bed.find(stores -> stores.sessions().find(TOKEN, now));
  }
}
