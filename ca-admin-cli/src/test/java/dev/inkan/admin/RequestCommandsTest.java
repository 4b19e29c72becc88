package dev.inkan.admin;

import static dev.inkan.admin.Answers.SERIAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("D3")
class RequestCommandsTest extends CliTest {

  @Test
  @DisplayName("D3: a request keeps who asked, how, why and since when, and holds at once")
  void add() {
    api.on("POST /requests", Answers.request("OPEN", "PENDING"));

    Run run =
        run(
            "request",
            "add",
            "--user",
            "yamada01",
            "--cause",
            "lost",
            "--asked-by",
            "佐藤 花",
            "--channel",
            "phone",
            "--lost-at",
            "2026-11-20 18:30",
            "--note",
            "in a taxi",
            "--hold");

    assertThat(run.status()).isZero();
    assertThat(api.lastBody())
        .isEqualTo(
            """
            {"userId":"yamada01","serialNumbers":[],"asked":{"askedBy":"佐藤 花","channel":"PHONE",\
            "cause":"LOST","lostAt":"2026-11-20T09:30:00Z","note":"in a taxi"},"hold":true}""");
    assertThat(run.out())
        .contains("request            7", "佐藤 花 (phone)", "2026-11-20 18:30", "7f3a…c21e pending");
    assertThat(run.err()).isEqualTo("To revoke: inkan-admin request approve 7\n");
  }

  @Test
  void aDryRunRecordsNothing() {
    api.on(
        "POST /requests",
        Answers.request("OPEN", "PENDING").replace("\"number\":7", "\"number\":0"));
    api.on("GET /certificates", Answers.page(Answers.VALID));

    Run run =
        run(
            "request",
            "add",
            "--serial",
            "7f3a",
            "--cause",
            "never-imported",
            "--asked-by",
            "x",
            "--channel",
            "paper",
            "--dry-run");

    assertThat(api.calls()).last().isEqualTo("POST /requests?dryRun=true");
    assertThat(api.lastBody()).contains("\"serialNumbers\":[\"" + SERIAL + "\"]", "NEVER_IMPORTED");
    assertThat(run.out()).startsWith("state ");
    assertThat(run.err()).isEqualTo("Nothing was changed: this was a dry run.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "request add --cause lost --asked-by x --channel phone | whose certificates?",
        "request add --user a --serial 7f3a --cause lost | whose certificates?",
        "request add --user yamada01 --cause lost | --asked-by NAME, --channel CHANNEL missing",
        "request add --user yamada01 --cause forgot | none of lost, stolen, replaced",
        "request show seven | «seven»"
      })
  void wrongUsageSaysWhatIsRight(String typed, String said) {
    Run run = runWith(new FakeTerminal(false), List.of(typed.split(" ", -1)));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(said.replace("«seven»", "seven"));
  }

  @Test
  @DisplayName("D3: an approval shows the whole request, asks, and revokes")
  void approve() {
    api.on("GET /requests/7", Answers.request("OPEN", "PENDING"));
    api.on("POST /requests/7/approve", Answers.request("DONE", "REVOKED"));

    Run run = runAnswering(List.of("yes"), "request", "approve", "7", "--note", "called back");

    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("for good", "佐藤 花 (phone)", "key compromise", "Type yes");
    assertThat(run.out()).contains("state              done", "7f3a…c21e revoked");
    assertThat(api.lastBody()).isEqualTo("{\"note\":\"called back\"}");
  }

  @Test
  @DisplayName("D5: one's own request is refused with what to do")
  void ownRequest() {
    api.on("GET /requests/7", Answers.request("OPEN", "PENDING"));
    api.on(
        "POST /requests/7/approve",
        it ->
            FakeApi.Answer.problem(
                "own-request", 403, "request 7 is your own", "Another operator approves it."));

    Run run = run("request", "approve", "7", "--yes");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err())
        .endsWith("error: request 7 is your own\ntry: Another operator approves it.\n");
  }

  @Test
  void aDryRunOfAnApprovalApprovesNothing() {
    api.on("GET /requests/7", Answers.request("OPEN", "PENDING"));

    assertThat(run("request", "approve", "7", "--dry-run").status()).isZero();
    assertThat(api.calls()).containsExactly("GET /requests/7");
  }

  @Test
  void rejectListAndShow() {
    api.on("POST /requests/7/reject", Answers.request("REJECTED", "PENDING"));
    api.on("GET /requests", Answers.page(Answers.request("OPEN", "PENDING")));
    api.on("GET /requests/7", Answers.request("OPEN", "PENDING"));

    assertThat(run("request", "reject", "7").out()).contains("rejected");
    assertThat(run("request", "list", "--state", "open", "--org", "0012").out())
        .contains("NUMBER  STATE  USER", "     7  open   yamada01  0012");
    assertThat(api.calls())
        .last()
        .isEqualTo("GET /requests?state=OPEN&organisation=0012&limit=100");
    assertThat(run("request", "list", "--output", "csv").out())
        .contains("\r\n7,OPEN,yamada01,0012,LOST,佐藤 花,PHONE,2026-11-20T09:30:00Z,,yes,");
    assertThat(run("request", "show", "7", "--output", "json").out())
        .contains("\"asked\" : {", "\"certificates\" : [");
  }
}
