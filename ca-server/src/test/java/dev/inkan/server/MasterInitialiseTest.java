package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.core.authority.Host;
import dev.inkan.server.command.ImportUsersCommand;
import dev.inkan.server.demo.CapturedMail;
import dev.inkan.server.registration.administration.UserImport;
import dev.inkan.server.registration.invitation.InitialiseOutcome;
import dev.inkan.server.service.BankDesks;
import java.io.StringReader;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** ログインID・パスワード初期化 while the master user is at it, through HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MasterInitialiseTest {

  private TestServer server;
  private int masters;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Visitor newMaster() {
    masters++;
    String id = "master" + masters;
    Person person = new Person(id, "Inkan#" + masters + "xYz", id + "@mihon.example");
    String csv =
        String.join(",", UserImport.COLUMNS)
            + "\r\nM-"
            + masters
            + ",みほん教職員組合,"
            + person.userId()
            + ",master,山田 花子,"
            + person.mail()
            + ","
            + person.password()
            + "\r\n";
    UserImport.Result result =
        ImportUsersCommand.importer(server.storage(), server.config(), host())
            .importUsers(new StringReader(csv));
    assertThat(result.problems()).isEmpty();
    return server.visitor(person);
  }

  private Host host() {
    return server.host(server.config());
  }

  private InitialiseOutcome.Initialised initialise() {
    BankDesks desks = BankDesks.of(server.storage(), server.config(), host());
    InitialiseOutcome outcome = desks.invitations().initialise("M-" + masters, desks.actor());
    return (InitialiseOutcome.Initialised) outcome;
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: at ⑤ the mailed code opens nothing any more, and ④ refuses the old password")
  void inTheFlow() {
    Visitor master = newMaster().applied();
    String code = server.awaitCode(master.person(), 1);

    InitialiseOutcome.Initialised done = initialise();

    assertThat(done.ended()).isEqualTo(new InitialiseOutcome.Ended(1, 1));
    assertThat(master.enter(code).location()).doesNotContain("/issue/confirm");
    assertThat(server.applications(master.person())).containsExactly("CANCELLED");
    assertThat(master.apply().status()).as("the old password").isEqualTo(422);
    assertThat(server.ledger(master.person())).isEmpty();
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: logged in, the next click leads to the log-in, which refuses the old password")
  void loggedIn() {
    Visitor master = newMaster().issued();
    byte[] pfx = master.download().octets();
    Browser browser = server.browser(pfx, master.person().password());
    browser.get("/login");
    Reply in = logIn(browser, master.person());
    assertThat(in.location()).endsWith("/home");
    assertThat(browser.get("/home").status()).isEqualTo(200);

    InitialiseOutcome.Initialised done = initialise();

    assertThat(done.before().valid()).hasSize(1);
    assertThat(browser.get("/home").location()).endsWith("/login");
    browser.get("/login");
    assertThat(logIn(browser, master.person()).status()).isEqualTo(422);
    assertThat(server.ledger(master.person())).containsExactly("ISSUED");
    await()
        .untilAsserted(
            () ->
                assertThat(server.mails(master.person()))
                    .extracting(CapturedMail::subject)
                    .anyMatch(subject -> subject.contains("初期化")));
    String secret = new String(done.letter().password().toCharArray());
    assertThat(server.mails(master.person())).noneMatch(mail -> mail.text().contains(secret));
  }

  private static Reply logIn(Browser browser, Person person) {
    return browser.post("/login", "userId", person.userId(), "password", person.password());
  }
}
