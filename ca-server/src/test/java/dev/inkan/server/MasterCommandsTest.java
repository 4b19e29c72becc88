package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code master} as the bank's clerk types it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MasterCommandsTest {

  private Path folder;
  private Clerk clerk;

  @BeforeAll
  void initialise(@TempDir Path directory) throws IOException {
    folder = directory;
    clerk = new Clerk(directory);
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: master initialise says what it will do, asks, and prints a changed letter")
  void initialise() throws Exception {
    String number = clerk.importMaster();
    String hash = "SELECT password_hash FROM app_user WHERE master_of = '" + number + "'";
    List<String> before = clerk.query(hash);

    Clerk.Run declined = clerk.run(Optional.of(false), "master", "initialise", "--org", number);
    Clerk.Run unasked = clerk.run("master", "initialise", "--org", number);
    Clerk.Run dry = clerk.run("master", "initialise", "--org", number, "--dry-run", "--yes");

    assertThat(declined.status()).isEqualTo(4);
    assertThat(unasked.status()).isEqualTo(4);
    assertThat(unasked.err()).contains("repeat with --yes", "Nothing was changed");
    assertThat(dry.status()).isZero();
    for (Clerk.Run run : List.of(declined, unasked, dry)) {
      assertThat(run.err())
          .contains(number + " 印鑑商事", "印鑑 太郎", "stops at once", "t***@example.jp")
          .doesNotContain("taro@example.jp");
      assertThat(run.out()).doesNotContain("初期パスワード");
    }
    assertThat(clerk.query(hash)).isEqualTo(before);
    assertThat(
            clerk.query(
                "SELECT login_id FROM master_invitation WHERE organisation_number = '"
                    + number
                    + "'"))
        .isEmpty();

    Clerk.Run done = clerk.run(Optional.of(true), "master", "initialise", "--org", number);

    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.out()).contains("ご利用開始（変更）のお知らせ", "これまでのパスワードは使用できません");
    assertThat(done.err())
        .contains("has stopped", "0 sessions ended")
        .doesNotContain(done.password());
    assertThat(clerk.query(hash)).isNotEqualTo(before);
    assertThat(clerk.query("SELECT kind FROM mail_outbox WHERE recipient = 'taro@example.jp'"))
        .contains("initialised");
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: a letter lost before its use is replaced by one for a beginning")
  void lostLetter() {
    String number = clerk.newNumber();
    Clerk.Run lost = clerk.add(number, "印鑑商事");
    Path pdf = folder.resolve("again.pdf");

    Clerk.Run again =
        clerk.run("master", "initialise", "--org", number, "--yes", "--pdf", pdf.toString());

    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.err()).contains("login ID " + lost.loginId() + ", stops counting");
    assertThat(again.out()).contains("ご利用開始のお知らせ");
    assertThat(again.loginId()).isNotEqualTo(lost.loginId());
    assertThat(pdf).exists();
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: a certificate that stays valid is named, with the advice to revoke it")
  void certificateStays() throws Exception {
    String number = clerk.importMaster();
    clerk.update(
        "INSERT INTO certificate (serial_number, kind, subscriber_id, not_before, not_after, state,"
            + " prepared_at, prepared_by, der, fingerprint) SELECT '4000000000000000000000000000abcd"
            + "', 'SUBSCRIBER', id, TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00+09:00',"
            + " TIMESTAMP WITH TIME ZONE '2999-12-31 23:59:59+09:00', 'ISSUED',"
            + " CURRENT_TIMESTAMP, 'node-1', X'3000', '"
            + "ab".repeat(32)
            + "' FROM app_user WHERE master_of = '"
            + number
            + "'");

    Clerk.Run run = clerk.run("master", "initialise", "--org", number, "--yes");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "Not revoked:",
            "certificate 4000000000000000000000000000ab",
            "stays valid until 2999-12-31 23:59",
            "must be revoked as well");
  }

  @Test
  @Tag("B10")
  @DisplayName("B10: master unlock and unblock, and what they refuse")
  void unlockAndUnblock() throws Exception {
    String number = clerk.importMaster();

    Clerk.Run free = clerk.run("master", "unlock", "--org", number);
    assertThat(free.status()).isEqualTo(4);
    assertThat(free.err()).contains("is not locked; nothing changed");
    clerk.update(
        "UPDATE app_user SET locks = 1, locked_until = DATEADD('HOUR', 1, CURRENT_TIMESTAMP)"
            + " WHERE master_of = '"
            + number
            + "'");
    assertThat(clerk.run("master", "unblock", "--org", number).status()).isEqualTo(4);
    Clerk.Run unlocked = clerk.run("master", "unlock", "--org", number);
    assertThat(unlocked.status()).as(unlocked.err()).isZero();
    assertThat(unlocked.out()).contains("unlocked; a mail says so");
    clerk.update(
        "UPDATE app_user SET locks = 3, blocked = TRUE WHERE master_of = '" + number + "'");
    Clerk.Run wrongVerb = clerk.run("master", "unlock", "--org", number);
    assertThat(wrongVerb.status()).isEqualTo(4);
    assertThat(wrongVerb.err()).contains("master unblock --org " + number);
    assertThat(clerk.run("master", "unblock", "--org", number).status()).isZero();
    assertThat(
            clerk.query(
                "SELECT locks FROM app_user WHERE NOT blocked AND master_of = '" + number + "'"))
        .containsExactly("0");
    assertThat(clerk.query("SELECT detail FROM audit_event WHERE action = 'USER_UNLOCKED'"))
        .anyMatch(it -> it.endsWith("was locked"))
        .anyMatch(it -> it.endsWith("was blocked"));
  }

  @Test
  @DisplayName("Unknown organisations are 3, missing words 2, with what to type")
  void usage() {
    for (String verb : List.of("initialise", "unlock", "unblock")) {
      Clerk.Run unknown = clerk.run("master", verb, "--org", "nobody");
      assertThat(unknown.status()).as(verb).isEqualTo(3);
      assertThat(unknown.err()).contains("no organisation has this number", "org list");
    }
    Clerk.Run help = clerk.run("master", "unblock", "--help");
    assertThat(help.out()).contains("閉塞", "--org=NUMBER", "3   no such organisation");
    StringWriter err = new StringWriter();
    CommandLine line = InkanServer.commandLine(Clock.systemUTC(), new SecureRandom());
    line.setErr(new PrintWriter(err, true));
    assertThat(line.execute("org")).isEqualTo(2);
    assertThat(line.execute("master")).isEqualTo(2);
    assertThat(line.execute("org", "add", "--number", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("which verb?", "initialise", "unblock", "--name");
  }
}
