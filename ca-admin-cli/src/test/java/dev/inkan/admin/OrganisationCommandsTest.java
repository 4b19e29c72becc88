package dev.inkan.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganisationCommandsTest extends CliTest {

  private static final String ADD = "POST /organisations";
  private static final String INITIALISE = "POST /organisations/0012/master/initialise";

  @Test
  @Tag("C1")
  @DisplayName(
      "C1: registering an organisation prints the letter and writes its PDF for one's own eyes")
  void add() throws IOException {
    api.on(
        ADD,
        "{\"organisation\":"
            + Answers.organisation("ACTIVE")
            + ",\"letter\":"
            + Answers.LETTER
            + "}");
    Path pdf = folder.resolve("0012.pdf");

    Run run =
        run("org", "add", "--number", "0012", "--name", "千葉県教職員組合", "--letter", pdf.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo("ご利用開始のお知らせ\nログインID LG-4711\n初期パスワード initial-8-secret\n");
    assertThat(run.err())
        .contains("is registered", "delete every copy", "print and post it", "〓 in place of 𠮷");
    assertThat(pdf).hasContent("%PDF-1.7");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pdf)))
        .isEqualTo("rw-------");
    assertThat(api.lastBody()).isEqualTo("{\"number\":\"0012\",\"name\":\"千葉県教職員組合\"}");
  }

  @Test
  @Tag("C1")
  void whereTheLetterCannotBeWrittenNothingIsRegistered() throws IOException {
    Path there = Files.createFile(folder.resolve("0012.pdf"));

    Run run = run("org", "add", "--number", "0012", "--name", "x", "--letter", there.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("is there already; nothing was changed");
    assertThat(api.calls()).isEmpty();
  }

  @Test
  @Tag("C1")
  void aTakenNumberIsRefusedAndLeavesNoFile() {
    api.on(ADD, it -> FakeApi.Answer.problem("taken", 409, "number 0012 is taken by 千葉県教職員組合"));
    Path pdf = folder.resolve("0012.pdf");

    Run run = run("org", "add", "--number", "0012", "--name", "x", "--letter", pdf.toString());

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("error: number 0012 is taken by 千葉県教職員組合");
    assertThat(pdf).doesNotExist();
  }

  @Test
  @Tag("C1")
  void aDryRunRegistersNothingAndProgramsGetTheRecord() {
    api.on(ADD, "{\"organisation\":" + Answers.organisation("ACTIVE") + "}");

    Run dry = run("org", "add", "--number", "0012", "--name", "x", "--dry-run");

    assertThat(api.calls()).containsExactly(ADD + "?dryRun=true");
    assertThat(dry.err()).contains("This would register 0012", "dry run");
    assertThat(dry.out()).isEmpty();
    assertThat(run("org", "add", "--number", "1", "--name", "x", "--output", "json").out())
        .contains("\"organisation\" : {");
  }

  @Test
  void aNameThatWasMangledOnTheWayIsRefused() {
    Run run = run("org", "add", "--number", "0012", "--name", "\ufffd\ufffd");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("did not arrive in one piece", "LANG=C.UTF-8");
  }

  @Test
  void listAndShow() {
    api.on("GET /organisations", Answers.page(Answers.organisation("SUSPENDED")));
    api.on("GET /organisations/0012", Answers.organisation("ACTIVE"));

    assertThat(run("org", "list", "--state", "suspended").out())
        .isEqualTo(
            """
            NUMBER  NAME              STATE      MASTER    MASTER STATE  LETTER  USERS  CERTIFICATES
            0012    千葉県教職員組合  suspended  chiba001  active        used       14            12
            """);
    assertThat(run("org", "list", "--output", "csv").out())
        .contains("\r\n0012,千葉県教職員組合,SUSPENDED,chiba001,ACTIVE,USED,LG-4711,14,12\r\n");
    assertThat(run("org", "show", "0012").out()).contains("chiba001 (active)", "LG-4711, used");
    assertThat(run("org", "show", "0012", "--output", "json").out()).contains("\"users\" : 14");
  }

  @ParameterizedTest
  @CsvSource({"suspend,SUSPENDED", "resume,ACTIVE", "close,CLOSED"})
  void suspensionShowsWhatStaysValidAndAsks(String verb, String state) {
    String act = "POST /organisations/0012/" + verb;
    api.on(
        act,
        """
        {"organisation":%s,"done":true,"sessionsEnded":2,"applicationsCancelled":1,
         "validCertificates":[%s]}"""
            .formatted(Answers.organisation(state), Answers.VALID));

    Run asked = run("org", verb, "0012");
    Run done = run("org", verb, "0012", "--note", "fees", "--yes");

    assertThat(asked.status()).isEqualTo(4);
    assertThat(asked.err())
        .contains("About 0012 千葉県教職員組合:", "2 sessions end, 1 applications", "7f3a…c21e");
    assertThat(done.status()).isZero();
    assertThat(done.out()).contains(state.toLowerCase(Locale.ROOT));
    assertThat(api.calls()).containsExactly(act + "?dryRun=true", act + "?dryRun=true", act);
    assertThat(api.lastBody()).isEqualTo("{\"note\":\"fees\"}");
  }

  @Test
  @Tag("C3")
  @DisplayName(
      "C3: initialising a master user says what stops and what stays, asks, and prints a letter")
  void initialise() throws IOException {
    api.on(
        INITIALISE,
        it ->
            FakeApi.Answer.json(
                "{\"before\":"
                    + Answers.MASTER
                    + ",\"sessionsEnded\":1,\"applicationsCancelled\":0"
                    + (it.call().contains("dryRun")
                        ? "}"
                        : ",\"letter\":" + Answers.LETTER + "}")));
    Path pdf = folder.resolve("letter.pdf");

    Run run =
        runAnswering(List.of("yes"), "master", "initialise", "0012", "--letter", pdf.toString());

    assertThat(run.status()).isZero();
    assertThat(run.err())
        .contains(
            "login ID LG-4711 stops counting",
            "the password of chiba001 (千葉 一郎) stops at once",
            "a mail to c***@example.jp says so",
            "7f3a…c21e of yamada01",
            "is not revoked",
            "Type yes");
    assertThat(run.out()).contains("initial-8-secret");
    assertThat(pdf).hasContent("%PDF-1.7");
  }

  @Test
  @Tag("C3")
  void withoutConsentNobodyIsInitialised() {
    api.on(
        INITIALISE,
        "{\"before\":" + Answers.MASTER + ",\"sessionsEnded\":1,\"applicationsCancelled\":0}");

    assertThat(runAnswering(List.of("no"), "master", "initialise", "0012").status()).isEqualTo(4);
    assertThat(run("master", "initialise", "0012", "--dry-run").status()).isZero();
    assertThat(api.calls()).containsOnly(INITIALISE + "?dryRun=true");
  }

  @Test
  @Tag("B10")
  @DisplayName("B10: the bank unlocks and unblocks master users")
  void unlockAndUnblock() {
    api.on("POST /organisations/0012/master/unlock", "{\"loginId\":\"LG-4711\"}");
    api.on("POST /organisations/0012/master/unblock", "{\"userId\":\"chiba001\"}");

    assertThat(run("master", "unlock", "0012").out()).isEqualTo("letter LG-4711 unlocked\n");
    assertThat(run("master", "unblock", "0012").out())
        .isEqualTo("user chiba001 unblocked; a mail says so\n");
  }

  @Test
  @Tag("B10")
  @DisplayName("B10: what is not locked is refused")
  void notLocked() {
    api.on(
        "POST /organisations/0012/master/unlock",
        it -> FakeApi.Answer.problem("wrong-state", 409, "the master user is not locked"));

    Run run = run("master", "unlock", "0012");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).isEqualTo("error: the master user is not locked\n");
  }

  @Test
  void showMaster() {
    api.on("GET /organisations/0012/master", Answers.MASTER);

    assertThat(run("master", "show", "0012").out())
        .contains("chiba001 (千葉 一郎)", "blocked", "open until 2026-12-23 00:00");
    assertThat(run("master", "show", "0012", "--output", "csv").out())
        .contains(",BLOCKED,LG-4711,OPEN,2026-12-22T15:00:00Z,1\r\n");
  }
}
