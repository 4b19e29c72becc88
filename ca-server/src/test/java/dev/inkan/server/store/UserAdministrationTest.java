package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.access.Session;
import dev.inkan.server.registration.administration.AddressChanges;
import dev.inkan.server.registration.administration.AddressOutcome;
import dev.inkan.server.registration.administration.Administered;
import dev.inkan.server.registration.administration.CreateOutcome;
import dev.inkan.server.registration.administration.InitialPasswordOutcome;
import dev.inkan.server.registration.administration.NewUser;
import dev.inkan.server.registration.administration.UserAdministration;
import dev.inkan.server.registration.administration.UserDetails;
import dev.inkan.server.registration.administration.UserDirectory;
import dev.inkan.server.registration.administration.UserPage;
import dev.inkan.server.registration.administration.UserQuery;
import dev.inkan.server.registration.administration.UserUnlockOutcome;
import dev.inkan.server.registration.application.Application;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.CodeBook;
import dev.inkan.server.registration.secret.HashingGate;
import dev.inkan.server.registration.secret.InstallationSecret;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.secret.TokenHash;
import dev.inkan.server.registration.user.AccountState;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserRole;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** C4, B10: what a master user does, and what nobody else does, over real databases. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class UserAdministrationTest {

  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final LockoutPolicy LIMITS = new LockoutPolicy(6, Duration.ofMinutes(60), 3);
  private static final Organisation OTHER = new Organisation("0002", "別会社");
  private static final SubscriberId HANAKO = new SubscriberId("hanako");
  private static final UserId HANAKO_ID = new UserId("hanako1");
  private static final SubscriberId STRANGE_MASTER = new SubscriberId("strange-master");
  private static final UserId STRANGER = new UserId("stranger1");
  private static final NewUser JIRO =
      new NewUser(new UserId("jiro001"), "山田 次郎", new MailAddress("jiro@example.jp"));

  private final Bed bed;
  private final PasswordHasher hasher =
      new PasswordHasher(new PasswordHasher.Cost(64, 1, 1), new SecureRandom());
  private final UserAdministration administration;
  private final UserDirectory directory;
  private final AddressChanges addresses;

  UserAdministrationTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    Chance chance = new Chance(bed.clock, new SecureRandom());
    this.administration =
        new UserAdministration(bed.transactions, hasher, new HashingGate(4, 50), LIFETIME, chance);
    this.directory = new UserDirectory(bed.transactions, bed.clock);
    this.addresses =
        new AddressChanges(
            bed.transactions,
            new CodeBook(InstallationSecret.copyOf(new byte[InstallationSecret.OCTETS])),
            dev.inkan.core.policy.CodePolicy.BANK,
            chance);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @BeforeEach
  void addPeople() {
    bed.addTaro();
    add(HANAKO, HANAKO_ID.value(), UserRole.GENERAL, Bed.BANK);
    add(STRANGE_MASTER, "master02", UserRole.MASTER, OTHER);
    add(new SubscriberId("stranger"), STRANGER.value(), UserRole.GENERAL, OTHER);
  }

  private void add(SubscriberId id, String userId, UserRole role, Organisation organisation) {
    bed.run(stores -> stores.users().add(Bed.user(id, userId, role, organisation)));
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: a created user is a general user with an initial password, and is told")
  void create() {
    Administered<CreateOutcome> outcome = create(Bed.TARO);

    User jiro = find(JIRO.userId());
    assertThat(outcome).isEqualTo(new Administered.Done<>(new CreateOutcome.Created(jiro)));
    assertThat(jiro.role()).isEqualTo(UserRole.GENERAL);
    assertThat(jiro.organisation()).isEqualTo(Bed.BANK);
    assertThat(jiro.name()).isEqualTo("山田 次郎");
    assertThat(jiro.mail()).isEqualTo(JIRO.mail());
    assertThat(jiro.password().initialUntil()).contains(Bed.NOW.plus(LIFETIME));
    assertThat(hasher.verify(password(), jiro.password().hash())).isTrue();
    assertThat(AccountState.of(jiro, Bed.NOW)).isEqualTo(AccountState.INITIAL_PASSWORD);
    assertThat(mails()).containsExactly("registered jiro@example.jp");
    assertThat(audit()).containsExactly("taro01 USER_CREATED jiro001");
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: of a double click one makes the user, and the other is told")
  void createdTwice() throws Exception {
    List<Administered<CreateOutcome>> outcomes = Race.of(8, () -> create(Bed.TARO));

    assertThat(outcomes)
        .filteredOn(it -> it.equals(new Administered.Done<>(new CreateOutcome.UserIdTaken())))
        .hasSize(7);
    assertThat(mails()).hasSize(1);
    assertThat(audit())
        .containsOnlyOnce("taro01 USER_CREATED jiro001")
        .filteredOn(it -> it.equals("taro01 ADMINISTRATION_REFUSED the user ID jiro001 is taken"))
        .hasSize(7);
    assertThat(create(STRANGE_MASTER))
        .as("another organisation's master")
        .isEqualTo(new Administered.Done<>(new CreateOutcome.UserIdTaken()));
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: a removed user's ID is never given to anybody else")
  void removedIdsStayTaken() {
    administration.remove(Bed.TARO, HANAKO_ID);

    assertThat(
            administration.create(
                Bed.TARO, new NewUser(HANAKO_ID, "別の 花子", JIRO.mail()), password()))
        .isEqualTo(new Administered.Done<>(new CreateOutcome.UserIdTaken()));
  }

  @Test
  @DisplayName("Where too many hash at once, nothing is changed and the master user is told")
  void busy() {
    HashingGate shut = new HashingGate(1, 0);
    UserAdministration busy =
        new UserAdministration(
            bed.transactions, hasher, shut, LIFETIME, new Chance(bed.clock, new SecureRandom()));

    assertThat(shut.pass(() -> busy.create(Bed.TARO, JIRO, password())))
        .contains(new Administered.Done<>(new CreateOutcome.Busy()));
    assertThat(shut.pass(() -> busy.initialisePassword(Bed.TARO, HANAKO_ID)))
        .contains(new Administered.Done<>(new InitialPasswordOutcome.Busy()));
    assertThat(audit()).isEmpty();
    assertThat(mails()).isEmpty();
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: an initialised password replaces the old one and ends what was open with it")
  void initialise() {
    Application application = underWay();

    InitialPasswordOutcome.Initialised initialised =
        (InitialPasswordOutcome.Initialised)
            value(administration.initialisePassword(Bed.TARO, HANAKO_ID));

    User hanako = find(HANAKO_ID);
    assertThat(initialised.until()).isEqualTo(Bed.NOW.plus(LIFETIME));
    assertThat(hanako.password().initialUntil()).contains(initialised.until());
    assertThat(hasher.verify(initialised.password(), hanako.password().hash())).isTrue();
    assertEnded(application);
    assertThat(mails()).containsExactly("initialised taro@example.jp");
    assertThat(audit()).containsExactly("taro01 PASSWORD_INITIALISED hanako1");
    assertThat(initialised.toString()).doesNotContain(new String(characters(initialised)));
  }

  private static char[] characters(InitialPasswordOutcome.Initialised initialised) {
    return initialised.password().toCharArray();
  }

  @Test
  @Tag("B10")
  @DisplayName("B10: a locked user and a blocked one are let in again, once, and are told")
  void unlock() throws Exception {
    fail(6);
    assertThat(AccountState.of(find(HANAKO_ID), Bed.NOW)).isEqualTo(AccountState.LOCKED);

    assertThat(Race.of(4, () -> value(administration.unlock(Bed.TARO, HANAKO_ID))))
        .containsOnlyOnce(UserUnlockOutcome.UNLOCKED)
        .contains(UserUnlockOutcome.NOT_LOCKED);

    assertThat(find(HANAKO_ID).lock()).isEqualTo(Attempts.NONE);
    assertThat(mails()).containsExactly("unlocked taro@example.jp");
    for (int i = 0; i < 3; i++) {
      fail(6);
      bed.clock.advance(Duration.ofMinutes(60));
    }
    assertThat(AccountState.of(find(HANAKO_ID), now())).isEqualTo(AccountState.BLOCKED);
    assertThat(value(administration.unlock(Bed.TARO, HANAKO_ID)))
        .isEqualTo(UserUnlockOutcome.UNLOCKED);
    assertThat(find(HANAKO_ID).lock()).isEqualTo(Attempts.NONE);
    assertThat(audit())
        .containsExactly(
            "taro01 USER_UNLOCKED hanako1 was LOCKED", "taro01 USER_UNLOCKED hanako1 was BLOCKED");
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: a removed user is out at once, told once, and nothing is revoked")
  void remove() throws Exception {
    Application application = underWay();
    bed.run(stores -> stores.certificates().prepare(Bed.prepared(1, HANAKO, Bed.NOW)));
    addresses.begin(Bed.TARO, HANAKO_ID, new MailAddress("new@example.jp"));

    List<Administered<User>> outcomes =
        Race.of(4, () -> administration.remove(Bed.TARO, HANAKO_ID));

    assertThat(outcomes)
        .filteredOn(it -> it.equals(new Administered.NoSuchUser<User>()))
        .hasSize(3);
    assertThat(bed.find(stores -> stores.users().find(HANAKO_ID))).isEmpty();
    assertEnded(application);
    assertThat(bed.find(stores -> stores.addressChanges().find(HANAKO))).isEmpty();
    assertThat(mails()).containsExactly("address-code new@example.jp", "removed taro@example.jp");
    assertThat(audit()).containsOnlyOnce("taro01 USER_REMOVED hanako1");
    assertThat(bed.count("SELECT COUNT(*) FROM certificate WHERE revoked_at IS NULL")).isOne();
  }

  @Test
  @Tag("C4")
  @Tag("B10")
  @Tag("D4")
  @DisplayName("C4: nobody but the organisation's master does or sees anything")
  void authority() {
    fail(6);
    bed.clock.advance(Duration.ofSeconds(1));
    List<SubscriberId> noMasters = List.of(HANAKO, new SubscriberId("nobody"));
    for (SubscriberId actor : noMasters) {
      assertThat(create(actor)).isEqualTo(new Administered.NotAMaster<CreateOutcome>());
      assertThat(directory.list(actor, UserQuery.ALL))
          .isEqualTo(new Administered.NotAMaster<UserPage>());
      for (Supplier<Administered<?>> act : acts(actor, HANAKO_ID)) {
        assertThat(act.get()).isInstanceOf(Administered.NotAMaster.class);
      }
    }
    List<UserId> notTheirs =
        List.of(STRANGER, new UserId("nobody01"), new UserId("taro01"), new UserId("master02"));
    for (UserId target : notTheirs) {
      for (Supplier<Administered<?>> act : acts(Bed.TARO, target)) {
        assertThat(act.get()).isInstanceOf(Administered.NoSuchUser.class);
      }
    }
    for (Supplier<Administered<?>> act : acts(STRANGE_MASTER, HANAKO_ID)) {
      assertThat(act.get()).isInstanceOf(Administered.NoSuchUser.class);
    }
    assertThat(find(HANAKO_ID).lock().locks()).isEqualTo(1);
    assertThat(audit())
        .as("D4: each attempt is written in the name of who made it")
        .contains(
            "hanako1 ADMINISTRATION_REFUSED not a master user",
            "taro01 ADMINISTRATION_REFUSED no general user nobody01 in the organisation")
        .allMatch(it -> it.contains(" ADMINISTRATION_REFUSED "));
    assertThat(mails()).isEmpty();
  }

  private List<Supplier<Administered<?>>> acts(SubscriberId actor, UserId target) {
    return List.of(
        () -> directory.find(actor, target),
        () -> administration.initialisePassword(actor, target),
        () -> administration.unlock(actor, target),
        () -> administration.remove(actor, target),
        () -> addresses.begin(actor, target, new MailAddress("thief@example.jp")),
        () -> addresses.enterCode(actor, target, AddressChangesTest.code("123456")),
        () -> addresses.resend(actor, target),
        () -> addresses.cancel(actor, target));
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: a removed master user does nothing more")
  void removedMaster() {
    bed.run(stores -> stores.users().remove(Bed.TARO, Bed.NOW));

    assertThat(create(Bed.TARO)).isEqualTo(new Administered.NotAMaster<CreateOutcome>());
    assertThat(administration.unlock(Bed.TARO, HANAKO_ID))
        .isEqualTo(new Administered.NotAMaster<UserUnlockOutcome>());
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: the master user sees one user's certificates, mails and new address")
  void details() {
    assertThat(value(addresses.begin(Bed.TARO, HANAKO_ID, new MailAddress("new@example.jp"))))
        .isEqualTo(AddressOutcome.CODE_SENT);

    UserDetails details = value(directory.find(Bed.TARO, HANAKO_ID));

    assertThat(details.user()).isEqualTo(find(HANAKO_ID));
    assertThat(details.certificates()).isEmpty();
    assertThat(details.mails()).extracting(mail -> mail.kind()).containsExactly("address-code");
    assertThat(details.addressChange().orElseThrow().mail())
        .isEqualTo(new MailAddress("new@example.jp"));
    assertThat(value(directory.list(Bed.TARO, UserQuery.ALL)).total()).isEqualTo(1);
  }

  private Application underWay() {
    Application other = Bed.application();
    Application application =
        new Application(
            other.id(),
            HANAKO,
            ApplicationState.CODE_SENT,
            other.createdAt(),
            other.code(),
            other.sealedPassword(),
            Optional.empty(),
            Optional.empty());
    bed.run(
        stores -> {
          stores.applications().add(application);
          stores
              .sessions()
              .add(
                  new Session(
                      new TokenHash("ab".repeat(32)),
                      HANAKO,
                      Optional.of(application.id()),
                      Optional.empty(),
                      Bed.NOW,
                      Bed.NOW.plusSeconds(900)));
        });
    return application;
  }

  private void assertEnded(Application application) {
    Application now =
        bed.find(stores -> stores.applications().find(application.id())).orElseThrow();
    assertThat(now.state()).isEqualTo(ApplicationState.CANCELLED);
    assertThat(now.sealedPassword()).isEmpty();
    assertThat(bed.count("SELECT COUNT(*) FROM web_session")).isZero();
  }

  private Administered<CreateOutcome> create(SubscriberId actor) {
    return administration.create(actor, JIRO, password());
  }

  private static LoginPassword password() {
    return LoginPassword.parse("Inkan#2026".toCharArray()).orElseThrow();
  }

  static <T> T value(Administered<T> outcome) {
    return outcome.fold(
        done -> done,
        () -> {
          throw new AssertionError("no such user");
        },
        () -> {
          throw new AssertionError("not a master");
        });
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      Optional<Attempts> unused =
          bed.find(stores -> stores.users().reserveAttempt(HANAKO, now(), LIMITS));
    }
  }

  private Instant now() {
    return bed.clock.instant();
  }

  private User find(UserId userId) {
    return bed.find(stores -> stores.users().find(userId)).orElseThrow();
  }

  private List<String> mails() {
    return texts("SELECT kind || ' ' || recipient FROM mail_outbox ORDER BY number");
  }

  private List<String> audit() {
    return texts(
        "SELECT actor_name || ' ' || action || ' ' || detail FROM audit_event"
            + " WHERE action NOT LIKE 'CODE%' ORDER BY number");
  }

  private List<String> texts(String sql) {
    return bed.database.inTransaction(
        handle -> handle.createQuery(sql).map((row, context) -> row.getString(1)).list());
  }
}
