package dev.inkan.admin;

import static dev.inkan.admin.Answers.OTHER_SERIAL;
import static dev.inkan.admin.Answers.SERIAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("D1")
class CertCommandsTest extends CliTest {

  private static final String LIST = "GET /certificates";
  private static final String REVOKE = "POST /certificates/" + SERIAL + "/revoke";

  @Test
  @DisplayName("D1: a list aligns Japanese, shortens serials and tells times in the bank's zone")
  void list() {
    api.on(
        LIST,
        Answers.page(
            Answers.VALID,
            Answers.certificate(OTHER_SERIAL, "REVOKED", "sato0002", "佐藤 花", "")
                .replace("千葉県教職員組合", "Tokyo Union")));

    Run run = run("cert", "list");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            SERIAL     USER      ORGANISATION      STATE    ISSUED      EXPIRES
            7f3a…c21e  yamada01  千葉県教職員組合  good     2026-11-22  2027-11-22 (365 d)
            19bd…04aa  sato0002  Tokyo Union       revoked  2026-11-22  2027-11-22
            """);
    assertThat(run.err()).isEmpty();
  }

  @Test
  @DisplayName("D1: certificates are found by user, organisation, serial, state and expiry")
  void filters() {
    api.on(LIST, Answers.page());

    Run run =
        run(
            "cert",
            "list",
            "--user",
            "yamada01",
            "--org",
            "00 12",
            "--serial",
            "7F:3A",
            "--state",
            "held",
            "--expires-before",
            "2026-12-31",
            "--expires-after",
            "2026-12-01 09:30");

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo("No certificate fits.\n");
    assertThat(api.calls())
        .containsExactly(
            "GET /certificates?user=yamada01&organisation=00%2012&serial=7f3a&state=HELD"
                + "&expiresBefore=2026-12-30T15%3A00%3A00Z&expiresAfter=2026-12-01T00%3A30%3A00Z"
                + "&limit=100");
  }

  @Test
  void jsonIsTheApisOwnRecordsWithTimesInUtc() {
    api.on(LIST, Answers.page(Answers.REVOKED));

    Run run = run("cert", "list", "--output", "json");

    assertThat(run.out())
        .startsWith("[")
        .contains("\"serialNumber\" : \"" + SERIAL + "\"")
        .contains("\"state\" : \"REVOKED\"")
        .contains("\"notAfter\" : \"2027-11-22T03:00:00Z\"")
        .contains("\"request\" : 7")
        .endsWith("]\n");
    assertThat(api.calls()).hasSize(1);
  }

  @Test
  void csvHasWholeSerialsUtcAndNoFormulas() {
    api.on(
        LIST,
        Answers.page(
            Answers.certificate(SERIAL, "VALID", "yamada01", "=HYPERLINK(\\\"x\\\")", "")));

    Run run = run("cert", "list", "--output", "CSV");

    assertThat(run.out())
        .startsWith("serial,kind,user,user-name,organisation,organisation-name,state,issued,")
        .contains(
            "\r\n"
                + SERIAL
                + ",SUBSCRIBER,yamada01,\"'=HYPERLINK(\"\"x\"\")\",0012,千葉県教職員組合,VALID,"
                + "2026-11-21T16:30:00Z,2027-11-22T03:00:00Z,");
  }

  @Test
  void aLongListIsFetchedInPagesAndSaysThatThereIsMore() {
    api.on(
        LIST,
        asked ->
            FakeApi.Answer.json(
                asked.call().contains("after=")
                    ? Answers.pageWithNext("c 2", Answers.HELD)
                    : Answers.pageWithNext("c 1", Answers.VALID)));

    Run run = run("cert", "list", "--limit", "2");

    assertThat(run.out()).contains("good", "held");
    assertThat(api.calls())
        .containsExactly("GET /certificates?limit=2", "GET /certificates?limit=1&after=c%201");
    assertThat(run.err()).contains("There are more: --limit N", "--all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7f3a", "7F3A", "0x7f3a", "7f:3a", "00:7f:3a", "7f3a…c21e", "7f3a..c21e"})
  @DisplayName("D1: a serial number is taken as people copy it")
  void serials(String typed) {
    api.on(LIST, Answers.page(Answers.VALID));

    Run run = run("cert", "show", typed);

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains(SERIAL, "山田 太郎", "2026-11-22 01:30", "never fetched");
    assertThat(api.calls()).containsExactly("GET /certificates?serial=7f3a&limit=100");
  }

  @Test
  void aWholeSerialIsAskedForDirectly() {
    api.on("GET /certificates/" + SERIAL, Answers.REVOKED);

    Run run = run("cert", "show", SERIAL.toUpperCase(Locale.ROOT));

    assertThat(run.out())
        .contains("revoked       2026-11-20 10:02", "key compromise", "2026-11-19 18:30", "no. 7");
  }

  @Test
  void anUnknownSerialIsNotFound() {
    api.on(LIST, Answers.page());
    api.on(
        "GET /certificates/ab12",
        it ->
            FakeApi.Answer.problem(
                "not-found",
                404,
                "this CA has not issued a certificate ab12",
                "inkan-admin cert list --user ID"));

    Run run = run("cert", "show", "ab12");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(
            """
            error: this CA has not issued a certificate ab12
            try: inkan-admin cert list --user ID
            """);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aBeginningOfSeveralIsNotGuessed() {
    api.on(
        LIST,
        Answers.page(Answers.VALID, Answers.certificate("7f3b" + "0".repeat(28), "VALID", "")));

    Run run = run("cert", "revoke", "7f", "--reason", "superseded", "--yes");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("several certificates begin with 7f", "7f3a…c21e (yamada01)");
  }

  @Test
  void whatIsNoSerialIsWrongUsage() {
    Run run = run("cert", "show", "yamada01");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("«yamada01» is no serial number", "try: inkan-admin cert show");
    assertThat(api.calls()).isEmpty();
  }

  @Test
  @DisplayName("D1: a revocation shows whose certificate it is, asks, and revokes with the loss")
  void revoke() {
    api.on(LIST, Answers.page(Answers.VALID));
    api.on(
        REVOKE,
        it -> FakeApi.Answer.json(it.call().contains("dryRun") ? Answers.VALID : Answers.REVOKED));

    Run run =
        runAnswering(
            List.of("yes"),
            "cert",
            "revoke",
            "7f3a",
            "--reason",
            "key-compromise",
            "--lost-at",
            "2026-11-19 18:30");

    assertThat(run.status()).isZero();
    assertThat(run.err())
        .contains(
            "for good",
            "7f3a…c21e of yamada01 (山田 太郎), 千葉県教職員組合, valid until 2027-11-22",
            "with the reason key compromise",
            "lost at 2026-11-19 18:30",
            "Go on? Type yes: ");
    assertThat(run.out())
        .isEqualTo(
            "certificate 7f3a…c21e of yamada01: revoked (2026-11-20 10:02, key compromise)\n");
    assertThat(api.calls())
        .containsExactly(
            "GET /certificates?serial=7f3a&limit=100", REVOKE + "?dryRun=true", REVOKE);
    assertThat(api.lastBody())
        .isEqualTo("{\"reason\":\"KEY_COMPROMISE\",\"invalidityDate\":\"2026-11-19T09:30:00Z\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "", "yess"})
  void withoutAYesNothingIsRevoked(String answer) {
    api.on(LIST, Answers.page(Answers.VALID));
    api.on(REVOKE, Answers.VALID);

    Run run = runAnswering(List.of(answer), "cert", "revoke", "7f3a", "--reason", "superseded");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).endsWith("Nothing was changed.\n");
    assertThat(api.calls()).doesNotContain(REVOKE);
  }

  @Test
  void whereNobodyCanBeAskedNothingIsRevoked() {
    api.on(LIST, Answers.page(Answers.VALID));
    api.on(REVOKE, Answers.VALID);

    Run run = run("cert", "revoke", "7f3a", "--reason", "superseded");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("nobody to ask", "--yes");
    assertThat(api.calls()).doesNotContain(REVOKE);
  }

  @Test
  void aDryRunRevokesNothing() {
    api.on(LIST, Answers.page(Answers.VALID));
    api.on(REVOKE, Answers.VALID);

    Run run = run("cert", "revoke", "7f3a", "--cause", "lost", "--dry-run", "--output", "json");

    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("key compromise", "Nothing was changed: this was a dry run.");
    assertThat(run.out()).contains("\"state\" : \"VALID\"");
    assertThat(api.calls()).doesNotContain(REVOKE).contains(REVOKE + "?dryRun=true");
  }

  @Test
  void whatIsRevokedIsNotRevokedAgain() {
    api.on(LIST, Answers.page(Answers.REVOKED));

    Run run = run("cert", "revoke", "7f3a", "--reason", "superseded", "--yes");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err())
        .isEqualTo(
            """
            error: certificate 7f3a…c21e is already revoked (2026-11-20 10:02, key compromise)
            try: inkan-admin cert show 7f3a09c1
            """);
  }

  @Test
  void reasonsOfTheCaItselfAreNotForOperators() {
    Run run = run("cert", "revoke", "7f3a", "--reason", "ca-compromise", "--yes");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("reserved for the CA itself", "key-compromise");
    assertThat(api.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cert revoke | which certificates",
        "cert revoke 7f3a | why?",
        "cert revoke 7f3a --reason lost | error: --reason: «lost» is none of unspecified,"
            + " key-compromise, affiliation-changed",
        "cert show 4 | error: «4» is no serial number",
        "cert revoke 7f3a --org 0012 --cause lost | --org stands alone",
        "cert revoke 7f3a --cause lost --asked-by x | request add --serial 7f3a",
        "cert revoke --org 0012 --reason superseded | --reason is for one certificate",
        "cert revoke --org 0012 --cause lost | --asked-by NAME, --channel CHANNEL missing",
        "cert revoke 7f3a --reason superseded --lost-at gestern | «gestern» is no time",
        "cert list --limit 0 | --limit must be 1 or more",
        "cert list --state wrong | «wrong» is none of good, expired",
        "cert list --usr yamada01 | has no option --usr",
        "cert lst | inkan-admin cert list",
        "crt list | inkan-admin cert",
        "cert show | Missing required parameter"
      })
  void wrongUsageSaysWhatIsRight(String typed, String said) {
    Run run = runWith(new FakeTerminal(false), List.of(typed.split(" ", -1)));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(said);
    assertThat(run.out()).isEmpty();
  }

  @Test
  @DisplayName("D1: a certificate is held, and released again")
  void holdAndRelease() {
    api.on(LIST, Answers.page(Answers.VALID));
    api.on("POST /certificates/" + SERIAL + "/hold", Answers.HELD);
    Run held = runAnswering(List.of("y"), "cert", "hold", "7f3a", "--note", "looks for the PC");

    assertThat(held.status()).isZero();
    assertThat(held.out()).contains("7f3a…c21e of yamada01: held (2026-11-22 10:00,");
    assertThat(api.lastBody()).isEqualTo("{\"note\":\"looks for the PC\"}");

    api.on(LIST, Answers.page(Answers.HELD));
    api.on("POST /certificates/" + SERIAL + "/release", Answers.VALID);
    Run released = run("cert", "release", "7f3a", "--yes");

    assertThat(released.out()).isEqualTo("certificate 7f3a…c21e of yamada01: good\n");
    assertThat(released.err()).contains("can log in again");
  }

  @Test
  void aReleasedHoldIsNotReleasedTwice() {
    api.on(LIST, Answers.page(Answers.VALID));

    Run run = run("cert", "release", "7f3a", "--yes");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("certificate 7f3a…c21e is not on hold: it is good");
  }

  @Test
  void whatIsOnHoldIsNotHeldAgain() {
    api.on(LIST, Answers.page(Answers.HELD));

    Run run = run("cert", "hold", "7f3a", "--dry-run");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("already on hold");
  }

  @Test
  void exportPrintsPemOrWritesANewFile() throws IOException {
    api.on(LIST, Answers.page(Answers.VALID));
    api.on(
        "GET /certificates/" + SERIAL + "/certificate.pem",
        it -> new FakeApi.Answer(200, "application/x-pem-file", "-----BEGIN CERTIFICATE-----\n"));
    Path file = folder.resolve("yamada01.pem");

    assertThat(run("cert", "export", "7f3a").out()).isEqualTo("-----BEGIN CERTIFICATE-----\n");
    assertThat(run("cert", "export", "7f3a", "--file", file.toString()).status()).isZero();
    Run again = run("cert", "export", "7f3a", "--file", file.toString());

    assertThat(file).hasContent("-----BEGIN CERTIFICATE-----\n");
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("is there already; nothing was changed");
  }

  @Test
  void aTerminalGetsColours() {
    api.on(LIST, Answers.page(Answers.VALID));

    Run run = runWith(new FakeTerminal(true), connected("cert", "list"));

    assertThat(run.out()).contains("\033[32mgood\033[0m");
  }
}
