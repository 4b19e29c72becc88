package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.policy.CodePolicy;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.access.Authentication;
import dev.inkan.server.registration.access.Authenticator;
import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.access.SourceBudget;
import dev.inkan.server.registration.account.ChoiceOutcome;
import dev.inkan.server.registration.account.NewPasswords;
import dev.inkan.server.registration.account.PasswordChoice;
import dev.inkan.server.registration.application.ApplyOutcome;
import dev.inkan.server.registration.application.CertificateApplications;
import dev.inkan.server.registration.application.CodeOutcome;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.CodeBook;
import dev.inkan.server.registration.secret.HashingGate;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.service.Registration;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sets another initial password at the worst moment: what was open before is over. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("C5")
@Tag("C4")
final class PasswordRaceTest {

  private static final String OWN = "Hanako+77";
  private static final String NEXT = "Another#1";

  private final SecureRandom random = new SecureRandom();
  private final HashingGate gate = new HashingGate(1, 1);
  private TestServer server;
  private Node node;
  private PasswordHasher hasher;
  private PasswordHash next;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
    node = new Node(server.config(), server.clock(), "racer");
    hasher = Registration.hasher(server.config(), server.host(server.config()));
    next = hasher.hash(password(NEXT));
  }

  @AfterAll
  void stop() {
    node.close();
    server.close();
  }

  private static LoginPassword password(String text) {
    return LoginPassword.parse(text.toCharArray()).orElseThrow();
  }

  /** As the master user's screen does, with or without ending sessions. */
  private void initialise(Person person, boolean endSessions) {
    server
        .storage()
        .transactions()
        .inTransaction(
            stores -> {
              User user = stores.users().find(new UserId(person.userId())).orElseThrow();
              Instant until = server.clock().instant().plus(Duration.ofDays(30));
              stores.users().setPassword(user.id(), UserPassword.initial(next, until));
              return endSessions ? stores.sessions().removeOf(user.id()) : 0;
            });
  }

  /** Transactions before the first of which somebody sets another password. */
  private final class Overtaken implements Transactions<RegistrationStores> {

    private final Person person;
    private final boolean endSessions;
    private boolean done;

    private Overtaken(Person person, boolean endSessions) {
      this.person = person;
      this.endSessions = endSessions;
    }

    @Override
    public <R> R inTransaction(Function<RegistrationStores, R> work) {
      if (!done) {
        done = true;
        initialise(person, endSessions);
      }
      return node.storage().transactions().inTransaction(work);
    }
  }

  private PasswordChoice overtakenChoice(Person person, boolean endSessions) {
    return new PasswordChoice(
        new Overtaken(person, endSessions),
        node.desks().applications(),
        sessions(),
        new NewPasswords(hasher, gate),
        new Chance(server.clock(), random));
  }

  private Sessions sessions() {
    return new Sessions(Duration.ofMinutes(15), server.clock(), random);
  }

  private CertificateApplications overtakenApplications(Person person) {
    Authenticator authenticator =
        new Authenticator(
            node.storage().transactions(),
            hasher,
            gate,
            new SourceBudget(1000, Duration.ofMinutes(1)),
            LockoutPolicy.BANK,
            server.clock());
    return new CertificateApplications(
        new Overtaken(person, true),
        authenticator,
        node.authority(),
        sessions(),
        new CodeBook(node.storage().secret()),
        CodePolicy.BANK,
        new Chance(server.clock(), random));
  }

  private static SessionToken token(Visitor visitor) {
    return SessionToken.parse(visitor.browser().token()).orElseThrow();
  }

  @Test
  @DisplayName(
      "C5: initialised again while the new password was on its way: the old choice is lost")
  void choiceOvertaken() {
    for (boolean endSessions : new boolean[] {true, false}) {
      Person person = server.newPersonWithInitialPassword(Duration.ofDays(30));
      Visitor visitor = server.visitor(person).passwordDue();

      ChoiceOutcome outcome =
          overtakenChoice(person, endSessions).choose(token(visitor), password(OWN));

      assertThat(outcome).isInstanceOf(ChoiceOutcome.NoSession.class);
      assertThat(server.applications(person)).containsExactly("PASSWORD_DUE");
      assertThat(server.visitor(person.with(OWN)).apply().status()).isEqualTo(422);
      assertThat(server.visitor(person).apply().status()).isEqualTo(422);
      assertThat(server.visitor(person.with(NEXT)).apply().location()).endsWith("/issue/code");
    }
  }

  @Test
  @DisplayName("C5: initialised again while the screen was open: the session is over")
  void initialisedWhileOpen() {
    Person person = server.newPersonWithInitialPassword(Duration.ofDays(30));
    Visitor visitor = server.visitor(person).passwordDue();

    initialise(person, true);

    assertThat(visitor.choose(OWN).status()).isEqualTo(403);
    assertThat(visitor.browser().get("/issue/password").status()).isEqualTo(403);
    assertThat(server.visitor(person.with(NEXT)).apply().location()).endsWith("/issue/code");
  }

  @Test
  @DisplayName("C4, C5: initialised between the right password and the session of ④: refused")
  void applicationOvertaken() {
    Person person = server.newPerson();
    CertificateApplications applications = overtakenApplications(person);

    ApplyOutcome outcome =
        applications.apply(new UserId(person.userId()), password(person.password()), "192.0.2.1");

    assertThat(outcome).isEqualTo(new ApplyOutcome.NotAuthenticated(new Authentication.Refused()));
    assertThat(server.applications(person)).isEmpty();
  }

  @Test
  @DisplayName("C4, C5: initialised before the code came back: the code of ④ opens nothing")
  void codeOvertaken() {
    Person person = server.newPerson();
    Visitor visitor = server.visitor(person).applied();
    VerificationCode code = VerificationCode.parse(server.awaitCode(person, 1)).orElseThrow();

    initialise(person, true);

    assertThat(node.desks().applications().enterCode(token(visitor), code, "127.0.0.1"))
        .isInstanceOf(CodeOutcome.NoSession.class);
    assertThat(server.applications(person)).containsExactly("CODE_SENT");
  }

  @Test
  @DisplayName("C5: what was confirmed with a password that is no longer the user's is not issued")
  void confirmedOvertaken() {
    Visitor visitor = server.newVisitor().confirmed();

    initialise(visitor.person(), false);

    assertThat(visitor.issue().status()).isEqualTo(403);
    assertThat(server.ledger(visitor.person())).isEmpty();
  }
}
