package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.inkan.server.demo.CapturedMailbox;
import dev.inkan.server.http.request.RequestNumber;
import dev.inkan.server.http.web.WebApplication;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.application.ApplyOutcome;
import dev.inkan.server.registration.application.CodeOutcome;
import dev.inkan.server.registration.certificate.BeginOutcome;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a server does when what it stands on goes away. */
final class FailuresTest {

  private static final Pattern NUMBER = Pattern.compile("error-number\">([^<]*)<");

  @Test
  @DisplayName(
      "The database goes in the middle: a page in Japanese, with the number that is in the log")
  void databaseGone(@TempDir Path folder) throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.inkan");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try (TestServer server = TestServer.start(folder, "INKAN_DATABASE_POOL_SIZE", "3")) {
      Visitor visitor = server.newVisitor().confirmed();
      Path file = folder.resolve("data/inkan.mv.db");
      // First: whoever looks at the database all the time would open it again.
      Files.move(file, folder.resolve("aside"));
      Files.createDirectory(file);
      assertThatThrownBy(() -> server.update("SHUTDOWN IMMEDIATELY"))
          .hasMessageContaining("already closed");

      Reply reply = visitor.issue();

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.heading()).isEqualTo("ただいまご利用いただけません");
      assertThat(reply.text()).doesNotContain("Exception", "SQL", "jdbc", "org.h2");
      Matcher number = NUMBER.matcher(reply.text());
      assertThat(number.find()).isTrue();
      assertThat(List.copyOf(log.list))
          .anyMatch(
              event ->
                  number.group(1).equals(event.getMDCPropertyMap().get(RequestNumber.KEY))
                      && event.getFormattedMessage().contains("/issue/confirm"));
      assertThat(server.browser().get("/").status()).as("the menu needs none").isEqualTo(200);

      Files.delete(file);
      Files.move(folder.resolve("aside"), file);
      await("the server goes on by itself")
          .atMost(Duration.ofSeconds(20))
          .until(() -> visitor.issue().status() != 503);
    } finally {
      logger.detachAppender(log);
    }
  }

  @Test
  @Tag("B12")
  @DisplayName("The mail server is down at ④: the flow goes on, and the mail comes when it is back")
  void mailServerGone(@TempDir Path folder) {
    try (TestServer server = TestServer.start(folder, "INKAN_MAIL_RETRY_FIRST", "1s")) {
      int port = server.mailbox().port();
      server.mailbox().close();
      Visitor visitor = server.newVisitor().applied();
      assertThat(visitor.browser().get("/issue/code").status()).isEqualTo(200);
      await()
          .until(
              () ->
                  server
                      .query("SELECT COUNT(*) FROM mail_outbox WHERE attempts > 0")
                      .equals(List.of("1")));

      try (CapturedMailbox back = CapturedMailbox.start(port, Clock.systemUTC())) {
        await().atMost(Duration.ofSeconds(40)).until(() -> back.mails().size() == 1);
        Matcher code = Pattern.compile("認証コード:(\\d{6})").matcher(back.mails().get(0).text());
        assertThat(code.find()).isTrue();
        assertThat(visitor.enter(code.group(1)).location()).endsWith("/issue/confirm");
      }
    }
  }

  @Test
  @Tag("S8")
  @Tag("S11")
  @DisplayName("S8: the journal cannot be written: nothing is signed, nothing handed out")
  void journalGone(@TempDir Path folder) {
    try (TestServer server = TestServer.start(folder);
        Node node = new Node(server.config(), server.clock(), "broken")) {
      Person person = server.newPerson();
      WebApplication.Desks desks = node.desks();
      SessionToken token = confirmed(server, desks, person);
      node.journal().close();

      assertThat(desks.issue().begin(token)).isEqualTo(BeginOutcome.BEGUN);

      await()
          .until(
              () ->
                  desks.applications().find(token).orElseThrow().application().state()
                      == ApplicationState.FAILED);
      assertThat(desks.delivery().open(token)).isEmpty();
      assertThat(server.ledger(person)).isEmpty();
      Browser browser = server.browser().token(token.reveal());
      Reply result = browser.get("/issue/result");
      assertThat(result.status()).isEqualTo(403);
      assertThat(result.heading()).isEqualTo("電子証明書を発行できませんでした");
      assertThat(browser.get("/issue/result/certificate.p12").status()).isEqualTo(303);
      assertThat(server.visitor(person).issued().download().status()).isEqualTo(200);
    }
  }

  private static SessionToken confirmed(
      TestServer server, WebApplication.Desks desks, Person person) {
    ApplyOutcome applied =
        desks
            .applications()
            .apply(
                new UserId(person.userId()),
                LoginPassword.parse(person.password().toCharArray()).orElseThrow(),
                "192.0.2.1");
    SessionToken token = ((ApplyOutcome.CodeSent) applied).token();
    VerificationCode code = VerificationCode.parse(server.awaitCode(person, 1)).orElseThrow();
    return ((CodeOutcome.Accepted) desks.applications().enterCode(token, code, "127.0.0.1"))
        .token();
  }

  @Test
  @Tag("B17")
  @DisplayName("B17: past its time the file is refused, and then erased")
  void retention(@TempDir Path folder) {
    try (TestServer server = TestServer.start(folder, "INKAN_DOWNLOAD_RETENTION", "5m")) {
      Visitor visitor = server.newVisitor().issued();
      server.clock().advance(Duration.ofMinutes(6));

      Reply file = visitor.download();
      Reply result = visitor.browser().get("/issue/result");

      assertThat(List.of(file.status(), result.status())).containsOnly(403);
      assertThat(file.heading()).isEqualTo("電子証明書ファイルの保存期間が終わりました");
      assertThat(result.text()).contains("お取引店に電子証明書の失効をご依頼ください");
      Instant now = server.clock().instant();
      int erased =
          server
              .storage()
              .transactions()
              .inTransaction(stores -> stores.applications().eraseExpired(now, now));
      assertThat(erased).isEqualTo(1);
      assertThat(
              server.query(
                  "SELECT COUNT(*) FROM certificate_application WHERE sealed_file IS NOT NULL"))
          .containsExactly("0");
      assertThat(server.ledger(visitor.person())).containsExactly("ISSUED");
    }
  }
}
