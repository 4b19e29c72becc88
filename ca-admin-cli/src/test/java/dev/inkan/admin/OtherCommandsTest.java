package dev.inkan.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Users, mails, reports, CRLs, the CA, operators and the audit log. */
class OtherCommandsTest extends CliTest {

  @Test
  void users() {
    api.on("GET /users", Answers.page(Answers.USER));
    api.on(
        "GET /users/yamada01",
        "{\"user\":"
            + Answers.USER
            + ",\"certificates\":["
            + Answers.VALID
            + "],\"mails\":["
            + Answers.MAIL
            + "]}");
    api.on("POST /users/yamada01/unlock", Answers.USER.replace("LOCKED", "ACTIVE"));
    api.on("POST /users/yamada01/unblock", Answers.USER.replace("LOCKED", "ACTIVE"));

    assertThat(run("user", "list", "--text", "山田", "--state", "locked").out())
        .contains("yamada01  山田 太郎  general  千葉県教職員組合  locked");
    assertThat(api.calls())
        .last()
        .isEqualTo("GET /users?text=%E5%B1%B1%E7%94%B0&state=LOCKED&limit=100");
    assertThat(run("user", "show", "yamada01").out())
        .contains("locked until        2026-11-22 12:30", "7f3a…c21e", "refused");
    assertThat(run("user", "show", "yamada01", "--output", "csv").out())
        .contains("\r\nyamada01,山田 太郎,GENERAL,0012,");
    assertThat(run("user", "unlock", "yamada01").out()).contains("active");
    assertThat(run("user", "unblock", "yamada01", "--output", "json").out()).contains("ACTIVE");
  }

  @Test
  @DisplayName("a mail server's words draw nothing on the terminal and run in no spreadsheet")
  void mails() {
    api.on("GET /mails", Answers.page(Answers.MAIL));
    api.on("GET /mails/341", Answers.MAIL);
    api.on("POST /mails/341/retry", Answers.MAIL.replace("REFUSED", "QUEUED"));

    assertThat(run("mail", "list", "--state", "refused", "--user", "yamada01").out())
        .contains("341  refused", "=550 no such [31m user")
        .doesNotContain("\033");
    assertThat(run("mail", "list", "--output", "csv").out()).contains(",'=550 no such");
    assertThat(run("mail", "show", "341").out()).contains("Correct the address.");
    assertThat(run("mail", "retry", "341").out()).contains("queued");
  }

  @Test
  @Tag("B17")
  @DisplayName("B17: the bank sees whose file was never fetched")
  void undelivered() {
    api.on("GET /reports/undelivered", Answers.page(Answers.VALID));

    assertThat(run("report", "undelivered", "--org", "0012").out()).contains("7f3a…c21e  yamada01");
    assertThat(api.calls()).containsExactly("GET /reports/undelivered?organisation=0012&limit=100");
    assertThat(run("report", "undelivered", "--output", "csv").out())
        .contains("file-fetched", Answers.SERIAL);
    assertThat(run("report", "undelivered", "--output", "json").out())
        .contains("\"until\" : \"2026-11-21T16:45:00Z\"");
  }

  @Test
  void reports() {
    api.on("GET /reports/expiring", Answers.page());
    api.on(
        "GET /reports/activity",
        """
        {"from":"2026-10-23T03:00:00Z","to":"2026-11-22T03:00:00Z",
         "counts":[{"action":"CERTIFICATE_ISSUED","actorKind":"SYSTEM","count":12}]}""");

    assertThat(run("report", "expiring", "--days", "60").out())
        .isEqualTo("No certificate ends within 60 days.\n");
    assertThat(api.calls()).containsExactly("GET /reports/expiring?days=60&limit=100");
    Run activity = run("report", "activity");
    assertThat(activity.err()).contains("From 2026-10-23 12:00 to 2026-11-22 12:00:");
    assertThat(activity.out()).contains("certificate-issued  system     12");
    assertThat(run("report", "activity", "--output", "csv").out())
        .isEqualTo("action,by,count\r\nCERTIFICATE_ISSUED,system,12\r\n");
  }

  @Test
  void crls() {
    api.on("GET /crls", Answers.page(Answers.CRL));
    api.on("POST /crls/publish", Answers.page(Answers.CRL.replace("41", "42")));
    api.on(
        "GET /crls/difference",
        """
        {"number":"41","missing":[{"serialNumber":"%s","revokedAt":"2026-11-22T02:59:00Z"}],
         "surplus":[]}"""
            .formatted(Answers.SERIAL));

    assertThat(run("crl", "show").out()).contains("full  CN=Issuing  41      2026-11-22 12:00");
    assertThat(run("crl", "publish", "--output", "json").out()).contains("\"number\" : \"42\"");
    assertThat(run("crl", "diff").out()).contains("missing     7f3a…c21e  2026-11-22 11:59");
    api.on("GET /crls/difference", "{\"number\":\"41\",\"missing\":[],\"surplus\":[]}");
    assertThat(run("crl", "diff").out()).isEqualTo("CRL 41 says what the ledger says.\n");
  }

  @Test
  void whatAnotherServerServesIsRefused() {
    api.on(
        "POST /crls/publish",
        it -> FakeApi.Answer.problem("not-served-here", 501, "this server publishes no CRLs"));

    assertThat(run("crl", "publish").status()).isEqualTo(4);
  }

  @Test
  void authority() {
    api.on("GET /authority", Answers.AUTHORITY);
    api.on("POST /authority/renew-responder", Answers.AUTHORITY);

    assertThat(run("ca", "show").out())
        .contains("CN=Root", "issuing CA issuing", "CN=Older", "SHA-256 of the root: abab")
        .containsPattern("issuing +answers for what it issued +41 +2026-11-24")
        .containsPattern("issuing-2 +issues");
    assertThat(run("ca", "renew-responder", "--output", "csv").out())
        .contains("CN=Root,2046-11-01T00:00:00Z,CN=Issuing,");
  }

  @Test
  @Tag("D5")
  @DisplayName("D5: a new operator's credential goes into a file for its owner's eyes alone")
  void addOperator() throws IOException {
    api.on("POST /operators", Answers.CREDENTIAL);
    Path file = folder.resolve("ono.p12");

    Run run =
        run(
            "operator",
            "add",
            "ono",
            "--display-name",
            "小野 進",
            "--role",
            "approver",
            "--role",
            "AUDITOR",
            "--file",
            file.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo("credential  " + file + "\npassphrase  pass-9-phrase\n");
    assertThat(run.err()).contains("never to be had again");
    assertThat(Files.size(file)).isEqualTo(3);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(api.lastBody())
        .isEqualTo(
            "{\"name\":\"ono\",\"displayName\":\"小野 進\",\"roles\":[\"APPROVER\",\"AUDITOR\"]}");
  }

  @Test
  @Tag("D5")
  void aRefusedOperatorLeavesNoFiles() {
    api.on("POST /operators", it -> FakeApi.Answer.problem("taken", 409, "ono is taken"));
    Path file = folder.resolve("ono.p12");
    Path passphrase = folder.resolve("ono.txt");

    Run run =
        run(
            "operator",
            "add",
            "ono",
            "--display-name",
            "x",
            "--role",
            "clerk",
            "--file",
            file.toString(),
            "--passphrase-file",
            passphrase.toString());

    assertThat(run.status()).isEqualTo(4);
    assertThat(file).doesNotExist();
    assertThat(passphrase).doesNotExist();
  }

  @Test
  @Tag("D5")
  void operators() {
    api.on("GET /operators", Answers.page(Answers.operator("ACTIVE")));
    api.on("POST /operators", Answers.CREDENTIAL.replace("MIIK", "").replace("pass-9-phrase", ""));
    api.on("POST /operators/kimura/renew", Answers.CREDENTIAL);
    api.on("POST /operators/ono/disable", Answers.operator("DISABLED"));
    Path passphrase = folder.resolve("new.txt");

    assertThat(run("operator", "list").out())
        .contains("ono   小野 進       approver auditor  active  19bd…04aa   2027-11-01 (343 d)");
    assertThat(
            run("operator", "add", "ono", "--display-name", "x", "--role", "clerk", "--dry-run")
                .err())
        .contains("This would add ono (小野 進), approver auditor.");
    Run renewed =
        run(
            "operator",
            "renew",
            "--file",
            folder.resolve("new.p12").toString(),
            "--passphrase-file",
            passphrase.toString());
    assertThat(renewed.out()).contains("passphrase  in ").doesNotContain("pass-9-phrase");
    assertThat(passphrase).hasContent("pass-9-phrase");
    assertThat(run("operator", "disable", "ono").status()).isEqualTo(4);
    assertThat(run("operator", "disable", "ono", "--yes").out())
        .isEqualTo("operator ono: disabled\n");
  }

  @Test
  @Tag("D4")
  @DisplayName("D4: the audit log is searched and exported")
  void audit() {
    api.on("GET /audit", Answers.page(Answers.AUDIT_LINE));
    api.on("GET /certificates", Answers.page(Answers.VALID));
    api.on(
        "GET /audit/export",
        it -> new FakeApi.Answer(200, "application/x-ndjson", "{\"a\":\"印\"}\n{\"b\":2}\n"));
    Path file = folder.resolve("audit.ndjson");

    assertThat(
            run(
                    "audit",
                    "list",
                    "--serial",
                    "7f3a",
                    "--actor",
                    "kimura",
                    "--action",
                    "certificate-revoked",
                    "--from",
                    "2026-11-01")
                .out())
        .contains("88  2026-11-22 12:00  kimura  certificate-revoked  yamada01  7f3a…c21e");
    assertThat(api.calls())
        .last()
        .isEqualTo(
            "GET /audit?actor=kimura&action=CERTIFICATE_REVOKED&serial="
                + Answers.SERIAL
                + "&from=2026-10-31T15%3A00%3A00Z&limit=100");
    assertThat(run("audit", "export").out()).isEqualTo("{\"a\":\"印\"}\n{\"b\":2}\n");
    assertThat(run("audit", "export", "--from", "88", "--file", file.toString()).err())
        .contains("holds the audit log (20 octets)");
    assertThat(file).hasContent("{\"a\":\"印\"}\n{\"b\":2}\n");
    assertThat(api.calls()).last().isEqualTo("GET /audit/export?from=88");
  }
}
