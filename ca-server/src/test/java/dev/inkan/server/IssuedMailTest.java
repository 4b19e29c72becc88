package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.server.command.ImportUsersCommand;
import dev.inkan.server.demo.CapturedMail;
import dev.inkan.server.registration.administration.UserImport;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IssuedMailTest {

  private static final Person MASTER = new Person("master01", "Inkan#001x", "master@mihon.example");

  @Test
  @Tag("D6")
  @DisplayName("D6: holder and master are told of an issue, in the language of each; a master once")
  void holderAndMasterAreTold(@TempDir Path folder) {
    try (TestServer server = TestServer.start(folder)) {
      addMaster(server);
      Person hanako = server.newPerson();
      server.update("UPDATE app_user SET language = 'en' WHERE user_id = 'master01'");

      server.visitor(hanako).issued();

      await().atMost(Duration.ofSeconds(40)).until(() -> server.mails(MASTER).size() == 1);
      CapturedMail toMaster = server.mails(MASTER).get(0);
      assertThat(toMaster.subject()).isEqualTo("[みほん労働金庫] A certificate was issued");
      assertThat(toMaster.text())
          .contains("User ID: master01", "Issued to user ID: " + hanako.userId());
      await().atMost(Duration.ofSeconds(40)).until(() -> issued(server, hanako).size() == 1);
      assertThat(issued(server, hanako).get(0).text())
          .contains("ユーザーID:" + hanako.userId())
          .doesNotContain("master01");

      server.update("UPDATE app_user SET language = 'ja' WHERE user_id = 'master01'");
      server.visitor(MASTER).issued();
      await().atMost(Duration.ofSeconds(40)).until(() -> issued(server, MASTER).size() == 1);
      assertThat(server.query("SELECT COUNT(*) FROM mail_outbox WHERE kind = 'issued'"))
          .containsExactly("3");
    }
  }

  private static List<CapturedMail> issued(TestServer server, Person person) {
    return server.mails(person).stream()
        .filter(mail -> mail.subject().endsWith("電子証明書発行のお知らせ"))
        .toList();
  }

  private static void addMaster(TestServer server) {
    String row = "00099999,みほん教職員組合,master01,master,見本 桜," + MASTER.mail();
    String csv =
        String.join(",", UserImport.COLUMNS) + "\r\n" + row + "," + MASTER.password() + "\r\n";
    UserImport.Result result =
        ImportUsersCommand.importer(server.storage(), server.config(), server.host(server.config()))
            .importUsers(new StringReader(csv));
    assertThat(result.problems()).isEmpty();
  }
}
