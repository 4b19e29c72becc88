package dev.inkan.admin;

import static dev.inkan.admin.Answers.OTHER_SERIAL;
import static dev.inkan.admin.Answers.SERIAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BulkCommandsTest extends CliTest {

  private static final String CREATE = "POST /bulk-revocations";
  private static final List<String> WHY =
      List.of("--cause", "stolen", "--asked-by", "佐藤 花", "--channel", "phone");

  private Run revoke(List<String> answers, String... what) {
    List<String> arguments = new ArrayList<>(List.of("cert", "revoke"));
    arguments.addAll(List.of(what));
    arguments.addAll(WHY);
    return runAnswering(answers, arguments.toArray(String[]::new));
  }

  @Test
  @Tag("D5")
  @DisplayName("D5: a bulk revocation is shown, written down, and waits for another operator")
  void waitsForAnotherOperator() {
    api.on(
        CREATE,
        it ->
            FakeApi.Answer.json(
                it.call().contains("dryRun")
                    ? Answers.preview("", "")
                    : Answers.preview("", Answers.bulk("OPEN", 0, 2))));

    Run run = revoke(List.of("yes"), "--org", "0012");

    assertThat(run.status()).isZero();
    assertThat(run.err())
        .contains(
            "This revokes 2 certificates of 2 users of 1 organisation, for good:",
            "7f3a…c21e  yamada01",
            "Asked by 佐藤 花 (phone), stolen; the CRL will say key compromise.",
            "inkan-admin bulk approve 12");
    assertThat(run.out()).isEqualTo("bulk revocation 12: open, 0 revoked, 2 pending\n");
    assertThat(api.calls()).containsExactly(CREATE + "?dryRun=true", CREATE);
  }

  @Test
  @Tag("D1")
  @DisplayName("D1: many are revoked from a list, which is a dry run until somebody says yes")
  void fromAList() throws IOException {
    Path list =
        Files.writeString(
            folder.resolve("list.txt"),
            "# stolen\n" + SERIAL.toUpperCase(Locale.ROOT) + "\n\n19bd # PC 2\n");
    Path users = Files.writeString(folder.resolve("users.txt"), "sato0002\n");
    api.on("GET /certificates", Answers.page(Answers.certificate(OTHER_SERIAL, "VALID", "")));
    api.on(CREATE, Answers.preview("", ""));

    Run run = revoke(List.of(), "--file", list.toString(), "--user-file", users.toString());

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("Nothing was changed");
    assertThat(api.calls()).doesNotContain(CREATE).contains(CREATE + "?dryRun=true");
    assertThat(api.lastBody())
        .startsWith(
            "{\"serialNumbers\":[\""
                + SERIAL
                + "\",\""
                + OTHER_SERIAL
                + "\"],\"userIds\":[\"sato0002\"]");
  }

  @Test
  void aListWithStrangersIsNotTaken() {
    api.on(CREATE, Answers.preview("\"ghost001\"", ""));

    Run run = revoke(List.of("yes"), "--user", "ghost001", "--user", "yamada01");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("1 of the list name nothing: ghost001; nothing was changed");
    assertThat(api.calls()).containsExactly(CREATE + "?dryRun=true");
  }

  @Test
  void aDryRunListsTheCertificatesForPrograms() {
    api.on(CREATE, Answers.preview("", ""));

    Run run = revoke(List.of(), "--org", "0012", "--dry-run", "--output", "csv");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains(SERIAL + ",SUBSCRIBER,yamada01", OTHER_SERIAL);
    assertThat(api.calls()).containsExactly(CREATE + "?dryRun=true");
  }

  @Test
  void whereNobodyElseMustApproveItRunsAtOnce() {
    AtomicInteger revoked = new AtomicInteger();
    api.on(
        CREATE,
        it ->
            FakeApi.Answer.json(
                it.call().contains("dryRun")
                    ? Answers.preview("", "")
                    : Answers.preview("", Answers.bulk("APPROVED", 0, 120))));
    api.on(
        "POST /bulk-revocations/12/run",
        it ->
            FakeApi.Answer.json(
                Answers.bulk(
                    revoked.get() == 80 ? "DONE" : "APPROVED", revoked.addAndGet(40), 120)));

    Run run = revoke(List.of("yes"), "--org", "0012");

    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("revoking: 40 of 120", "revoking: 120 of 120");
    assertThat(run.out()).isEqualTo("bulk revocation 12: done, 120 revoked\n");
  }

  @Test
  @Tag("D5")
  @DisplayName("D5: the second operator sees what they approve, and it is revoked")
  void approve() {
    api.on("GET /bulk-revocations/12", Answers.bulk("OPEN", 0, 2));
    api.on("POST /bulk-revocations/12/approve", Answers.bulk("APPROVED", 0, 2));
    api.on("POST /bulk-revocations/12/run", Answers.bulk("DONE", 2, 2));

    Run run =
        runWith(
            new FakeTerminal(true, "yes"), connected("bulk", "approve", "12", "--note", "seen"));

    assertThat(run.status()).isZero();
    assertThat(run.err())
        .contains(
            "revokes, for good, 2 certificates", "佐藤 花", "[==============================] 2 of 2");
    assertThat(api.calls()).last().isEqualTo("POST /bulk-revocations/12/run?max=50");
  }

  @Test
  void whatStopsARunSaysHowToGoOn() {
    api.on("GET /bulk-revocations/12", Answers.bulk("APPROVED", 40, 120));
    api.on(
        "POST /bulk-revocations/12/run",
        it -> FakeApi.Answer.problem("unavailable", 503, "the database is away"));

    Run run = run("bulk", "run", "12");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "Stopped: 40 of 120 are revoked",
            "try: inkan-admin bulk run 12",
            "error: the database is away (number r-17 in the server's log)");
  }

  @Test
  void aServerThatRevokesNoMoreEndsTheRun() {
    api.on("GET /bulk-revocations/12", Answers.bulk("APPROVED", 40, 120));
    api.on("POST /bulk-revocations/12/run", Answers.bulk("APPROVED", 40, 120));

    Run run = run("bulk", "run", "12");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("the server revokes no more of it");
  }

  @Test
  void whatIsNotApprovedIsNotRun() {
    api.on("GET /bulk-revocations/12", Answers.bulk("OPEN", 0, 2));

    Run run = run("bulk", "run", "12");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("is not approved yet", "inkan-admin bulk approve 12");
  }

  @Test
  void listShowItemsAndReject() {
    api.on("GET /bulk-revocations", Answers.page(Answers.bulk("OPEN", 0, 2)));
    api.on("GET /bulk-revocations/12", Answers.bulk("OPEN", 0, 2));
    api.on(
        "GET /bulk-revocations/12/items",
        Answers.page("{\"serialNumber\":\"" + SERIAL + "\",\"state\":\"PENDING\"}"));
    api.on("POST /bulk-revocations/12/reject", Answers.bulk("REJECTED", 0, 2));

    assertThat(run("bulk", "list", "--state", "open").out()).contains("    12  open   0012");
    assertThat(run("bulk", "show", "12").out()).contains("pending            2");
    assertThat(run("bulk", "show", "12", "--items", "--output", "csv").out())
        .isEqualTo("serial,user,state,at\r\n" + SERIAL + ",,PENDING,\r\n");
    assertThat(run("bulk", "reject", "12").out()).contains("rejected");
  }
}
