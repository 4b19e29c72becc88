package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.server.demo.CapturedMailbox;
import dev.inkan.server.http.web.WebApplication;
import dev.inkan.server.registration.invitation.InvitationLapse;
import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.master.EntryOutcome;
import dev.inkan.server.registration.master.MasterProfile;
import dev.inkan.server.registration.master.OpenOutcome;
import dev.inkan.server.registration.master.SubmitOutcome;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.UserId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two masters who race on one initial password, on two nodes of one installation. */
@Tag("C2")
final class MasterRaceTest {

  private static final int ROUNDS = 5;
  private static final String DATABASE_PASSWORD = "postgres";

  @TempDir private Path folder;

  @Test
  @DisplayName("C2: on H2 one of two wins, every time, and the other is told")
  void onH2() throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      race(server);
    }
  }

  @Test
  @DisplayName("C2: on PostgreSQL one of two wins, every time, and the other is told")
  void onPostgreSql() throws Exception {
    Path password = folder.resolve("database.password");
    Files.writeString(password, DATABASE_PASSWORD);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .start();
        TestServer server =
            TestServer.start(
                folder,
                "INKAN_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                "INKAN_DATABASE_USER",
                "postgres",
                "INKAN_DATABASE_PASSWORD_FILE",
                password.toString())) {
      race(server);
    }
  }

  private record Master(WebApplication.Desks desks, SessionToken token, Person person) {}

  private static void race(TestServer server) throws Exception {
    try (Node one = new Node(server.config(), server.clock(), "one");
        Node other = new Node(server.config(), server.clock(), "other")) {
      List<Letter> letters = new ArrayList<>();
      List<List<Master>> pairs = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        Letter letter = server.newLetter();
        letters.add(letter);
        pairs.add(
            List.of(
                submitted(server, one.desks(), letter), submitted(server, other.desks(), letter)));
      }
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        for (int round = 0; round < ROUNDS; round++) {
          List<EntryOutcome> outcomes = enter(server, threads, pairs.get(round));
          assertThat(outcomes)
              .filteredOn(EntryOutcome.Registered.class::isInstance)
              .as("round %s: %s", round, outcomes)
              .hasSize(1);
          assertThat(outcomes).contains(new EntryOutcome.Lapsed(InvitationLapse.USED));
          assertThat(masters(server, letters.get(round))).hasSize(1);
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(
              server.query(
                  "SELECT COUNT(*) FROM master_registration"
                      + " WHERE sealed_password IS NOT NULL OR password_hash IS NOT NULL"))
          .containsExactly("0");
    }
  }

  private static List<String> masters(TestServer server, Letter letter) {
    return server.query(
        "SELECT user_id FROM app_user WHERE master_of = '" + letter.organisation() + "'");
  }

  private static Master submitted(TestServer server, WebApplication.Desks desks, Letter letter) {
    Person person = server.newStranger();
    OpenOutcome opened =
        desks
            .registrations()
            .open(new LoginId(letter.loginId()), password(letter.initialPassword()), "192.0.2.1");
    SessionToken token = ((OpenOutcome.Opened) opened).token();
    MasterProfile profile =
        new MasterProfile(new UserId(person.userId()), "見本 一郎", new MailAddress(person.mail()));
    assertThat(
            desks.registrations().submit(token, profile, password(person.password()), "192.0.2.1"))
        .isEqualTo(new SubmitOutcome.CodeSent());
    return new Master(desks, token, person);
  }

  private static LoginPassword password(String text) {
    return LoginPassword.parse(text.toCharArray()).orElseThrow();
  }

  private static List<EntryOutcome> enter(
      TestServer server, ExecutorService threads, List<Master> masters) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<EntryOutcome>> running = new ArrayList<>();
    for (Master master : masters) {
      VerificationCode code =
          VerificationCode.parse(server.awaitCode(master.person(), 1)).orElseThrow();
      running.add(
          threads.submit(
              () -> {
                start.await();
                return master.desks().registrationCodes().enter(master.token(), code);
              }));
    }
    start.countDown();
    List<EntryOutcome> outcomes = new ArrayList<>();
    for (Future<EntryOutcome> one : running) {
      outcomes.add(one.get());
    }
    return outcomes;
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: the mail server is away: the code stays good, and can be sent again")
  void mailServerGone() throws IOException {
    try (TestServer server = TestServer.start(folder, "INKAN_MAIL_RETRY_FIRST", "1s")) {
      int port = server.mailbox().port();
      server.mailbox().close();
      Registrant master = server.newRegistrant().submitted();
      assertThat(master.browser().get("/register/code").status()).isEqualTo(200);
      await()
          .until(
              () ->
                  server
                      .query("SELECT COUNT(*) FROM mail_outbox WHERE attempts > 0")
                      .equals(List.of("1")));
      server.clock().advance(Duration.ofSeconds(61));
      assertThat(master.browser().post("/register/code", "resend", "1").text())
          .contains("認証コードを再送信しました");

      try (CapturedMailbox back = CapturedMailbox.start(port, Clock.systemUTC())) {
        await().atMost(Duration.ofSeconds(40)).until(() -> back.mails().size() == 2);
        List<String> codes =
            back.mails().stream()
                .map(mail -> mail.text().replaceFirst("(?s).*認証コード:(\\d{6}).*", "$1"))
                .distinct()
                .toList();
        assertThat(codes).hasSize(1);
        assertThat(master.enter(codes.get(0)).location()).endsWith("/register/done");
      }
    }
  }
}
