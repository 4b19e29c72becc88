package dev.inkan.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.server.Browser;
import dev.inkan.server.Person;
import dev.inkan.server.Reply;
import dev.inkan.server.Staff;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do over the wire, from the credential that the initialisation made on. */
final class AdminLineTest {

  @TempDir private static Path folder;

  private static TestServer server;
  private static Staff administrator;
  private static Staff clerk;
  private static Staff approver;
  private static Staff auditor;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    administrator = server.administrator();
    clerk = server.operator("clerk", "CLERK");
    approver = server.operator("approver", "APPROVER");
    auditor = server.operator("auditor", "AUDITOR");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String issuedTo(Person person) {
    server.loggedIn(person);
    return clerk
        .get("/certificates?user=" + person.userId())
        .body()
        .at("/items/0/serialNumber")
        .asText();
  }

  private static List<String> audited(String action, String actor) {
    return server.query(
        "SELECT detail FROM audit_event WHERE actor_kind = 'OPERATOR' AND action = '"
            + action
            + "' AND actor_name = '"
            + actor
            + "'");
  }

  @Test
  @Tag("D5")
  @DisplayName(
      "D5: the first operator comes in with the credential that init wrote, and is told who")
  void self() {
    Staff.Answer self = administrator.get("/self");

    assertThat(self.status()).isEqualTo(200);
    assertThat(self.body().path("name").asText()).isEqualTo("admin");
    assertThat(self.body().path("roles").toString()).isEqualTo("[\"ADMINISTRATOR\"]");
    assertThat(self.body().path("zone").asText()).isEqualTo("Asia/Tokyo");
    assertThat(self.body().path("secondOperator").asText()).isEqualTo("BULK");
    assertThat(self.response().headers().firstValue("Inkan-Request")).isPresent();
  }

  @Test
  @Tag("D1")
  @Tag("D6")
  @DisplayName(
      "D1, D6: a clerk finds a certificate and revokes it; holder and audit log know of it")
  void revoke() {
    Person person = server.newPerson();
    String serial = issuedTo(person);
    Map<String, Object> lost = Map.of("reason", "KEY_COMPROMISE", "note", "lost on the train");

    Staff.Answer dry = clerk.post("/certificates/" + serial + "/revoke?dryRun=true", lost);
    Staff.Answer done = clerk.post("/certificates/" + serial + "/revoke", lost);
    Staff.Answer again = clerk.post("/certificates/" + serial + "/revoke", lost);

    assertThat(dry.body().path("state").asText()).isEqualTo("VALID");
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.body().path("state").asText()).isEqualTo("REVOKED");
    assertThat(done.body().at("/revocation/reason").asText()).isEqualTo("KEY_COMPROMISE");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.problem()).isEqualTo("wrong-state");
    assertThat(audited("CERTIFICATE_REVOKED", "clerk")).isNotEmpty();
    assertThat(audited("NOTE_ADDED", "clerk")).contains("lost on the train");
    assertThat(audited("OPERATION_REFUSED", "clerk"))
        .contains("POST /certificates/{serial}/revoke: wrong-state");
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> server.mails(person).stream().anyMatch(it -> it.subject().contains("失効")));
  }

  @Test
  @Tag("D3")
  @DisplayName("D3: a request is kept with who asked, how and why, and approving it revokes")
  void request() {
    Person person = server.newPerson();
    String serial = issuedTo(person);
    Instant lostAt = server.clock().instant().minusSeconds(30);
    Map<String, Object> asked =
        Map.of(
            "askedBy", "見本 主",
            "channel", "PAPER",
            "cause", "STOLEN",
            "lostAt", lostAt.toString(),
            "note", "police report 12");

    Staff.Answer added = clerk.post("/requests", Map.of("userId", person.userId(), "asked", asked));
    String number = added.body().path("number").asText();
    Staff.Answer twice = clerk.post("/requests", Map.of("userId", person.userId(), "asked", asked));
    Staff.Answer approved =
        approver.post("/requests/" + number + "/approve", Map.of("note", "called back"));
    Staff.Answer again = approver.post("/requests/" + number + "/approve");
    Staff.Answer certificate = clerk.get("/certificates/" + serial);

    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(added.body().path("state").asText()).isEqualTo("OPEN");
    assertThat(added.body().at("/asked/askedBy").asText()).isEqualTo("見本 主");
    assertThat(twice.problem()).isEqualTo("wrong-state");
    assertThat(approved.body().path("state").asText()).isEqualTo("DONE");
    assertThat(approved.body().path("decidedBy").asText()).isEqualTo("approver");
    assertThat(again.problem()).isEqualTo("wrong-state");
    assertThat(certificate.body().at("/revocation/reason").asText()).isEqualTo("KEY_COMPROMISE");
    assertThat(certificate.body().at("/revocation/request").asText()).isEqualTo(number);
    assertThat(audited("REQUEST_ADDED", "clerk")).isNotEmpty();
    assertThat(audited("REQUEST_APPROVED", "approver")).isNotEmpty();
  }

  @Test
  @Tag("D1")
  @Tag("D5")
  @DisplayName(
      "D5: a bulk revocation is seen first, needs another operator, and can be gone on with")
  void bulk() {
    Person master = server.newMaster();
    Person one = server.newPersonOf(master);
    Person two = server.newPersonOf(master);
    issuedTo(one);
    issuedTo(two);
    String organisation =
        clerk.get("/users/" + one.userId()).body().at("/user/organisation").asText();
    Map<String, Object> wanted =
        Map.of("organisation", organisation, "asked", Staff.asked("CLOSING"));

    Staff.Answer dry = clerk.post("/bulk-revocations?dryRun=true", wanted);
    Staff.Answer made = clerk.post("/bulk-revocations", wanted);
    String bulk = "/bulk-revocations/" + made.body().at("/created/number").asText();
    Staff.Answer early = clerk.post(bulk + "/run");
    Staff.Answer closing = administrator.post("/organisations/" + organisation + "/close");
    Staff.Answer approved = approver.post(bulk + "/approve");
    Staff.Answer first = clerk.post(bulk + "/run?max=1");
    Staff.Answer rest = approver.post(bulk + "/run");
    Staff.Answer items = clerk.get(bulk + "/items");

    assertThat(dry.body().path("certificates").asInt()).isEqualTo(2);
    assertThat(dry.body().has("created")).isFalse();
    assertThat(made.status()).isEqualTo(201);
    assertThat(early.problem()).isEqualTo("second-operator-required");
    assertThat(closing.problem()).isEqualTo("wrong-state");
    assertThat(approved.body().path("state").asText()).isEqualTo("APPROVED");
    assertThat(first.body().at("/progress/revoked").asInt()).isEqualTo(1);
    assertThat(first.body().at("/progress/pending").asInt()).isEqualTo(1);
    assertThat(rest.body().path("state").asText()).isEqualTo("DONE");
    assertThat(items.body().path("items")).hasSize(2);
    assertThat(audited("BULK_DONE", "approver")).isNotEmpty();
    assertThat(administrator.post("/organisations/" + organisation + "/close").status())
        .isEqualTo(200);
  }

  @Test
  @Tag("D5")
  @DisplayName("D5: nobody approves their own bulk revocation, whatever roles they have")
  void ownBulk() {
    Staff both = server.operator("both", "CLERK", "APPROVER");
    Person person = server.newPersonOf(server.newMaster());
    String serial = issuedTo(person);
    String organisation =
        clerk.get("/users/" + person.userId()).body().at("/user/organisation").asText();
    Map<String, Object> all = Map.of("organisation", organisation, "asked", Staff.asked("CLOSING"));

    Staff.Answer made = both.post("/bulk-revocations", all);
    String bulk = "/bulk-revocations/" + made.body().at("/created/number").asText();
    Staff.Answer own = both.post(bulk + "/approve");

    assertThat(own.status()).as(made.text()).isEqualTo(403);
    assertThat(own.problem()).isEqualTo("own-request");
    assertThat(both.post(bulk + "/run").problem()).isEqualTo("second-operator-required");
    assertThat(clerk.get("/certificates/" + serial).body().path("state").asText())
        .isEqualTo("VALID");
  }

  @Test
  @Tag("C1")
  @Tag("C3")
  @DisplayName(
      "C1, C3: an organisation is registered and its master initialised, each with a letter")
  void organisation() {
    Map<String, Object> wanted = Map.of("number", "A-100", "name", "見本商事");

    Staff.Answer dry = clerk.post("/organisations?dryRun=true", wanted);
    Staff.Answer added = clerk.post("/organisations", wanted);
    Staff.Answer taken = clerk.post("/organisations", wanted);
    Staff.Answer initialised = clerk.post("/organisations/A-100/master/initialise");
    Staff.Answer unlocked = clerk.post("/organisations/A-100/master/unlock");

    assertThat(dry.body().has("letter")).isFalse();
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(added.body().at("/letter/text").asText()).contains("見本商事");
    assertThat(added.body().at("/letter/initialPassword").asText()).hasSize(12);
    assertThat(added.body().at("/letter/pdf").asText()).startsWith("JVBERi0");
    assertThat(taken.problem()).isEqualTo("taken");
    assertThat(initialised.body().at("/letter/loginId").asText())
        .isNotEqualTo(added.body().at("/letter/loginId").asText());
    assertThat(unlocked.problem()).isEqualTo("wrong-state");
    assertThat(audited("ORGANISATION_ADDED", "clerk")).contains("A-100 見本商事");
    assertThat(audited("MASTER_INITIALISED", "clerk")).isNotEmpty();
  }

  @Test
  @Tag("D5")
  @DisplayName("D5: of a suspended organisation nobody comes in, until it is resumed")
  void suspended() {
    Person master = server.newMaster();
    Person person = server.newPersonOf(master);
    Visitor visitor = server.visitor(person).issued();
    byte[] file = visitor.download().octets();
    Browser loggedIn = server.logIn(person, file);
    String organisation =
        clerk.get("/users/" + person.userId()).body().at("/user/organisation").asText();
    String path = "/organisations/" + organisation;

    Staff.Answer dry = administrator.post(path + "/suspend?dryRun=true");
    Reply before = loggedIn.get("/home");
    Staff.Answer suspended = administrator.post(path + "/suspend", Map.of("note", "fees not paid"));
    Reply after = loggedIn.get("/home");
    Reply again =
        server
            .browser(file, person.password())
            .post("/login", "userId", person.userId(), "password", person.password());
    Reply issue =
        server.browser().post("/issue", "userId", master.userId(), "password", master.password());
    Staff.Answer resumed = administrator.post(path + "/resume");

    assertThat(dry.body().path("done").asBoolean()).isFalse();
    assertThat(before.status()).isEqualTo(200);
    assertThat(suspended.body().path("done").asBoolean()).isTrue();
    assertThat(suspended.body().path("sessionsEnded").asInt()).isGreaterThan(0);
    assertThat(suspended.body().path("validCertificates")).hasSize(1);
    assertThat(after.status()).isEqualTo(303);
    assertThat(again.heading()).isEqualTo("ご利用が停止されています");
    assertThat(issue.heading()).isEqualTo("ご利用が停止されています");
    assertThat(administrator.post(path + "/resume").problem()).isEqualTo("wrong-state");
    assertThat(resumed.body().at("/organisation/state").asText()).isEqualTo("ACTIVE");
    assertThat(audited("ORGANISATION_SUSPENDED", "admin"))
        .contains(organisation + ": fees not paid");
    assertThat(server.logIn(person, file).get("/home").status()).isEqualTo(200);
  }

  @Test
  @Tag("B17")
  @DisplayName(
      "B17: a certificate whose file nobody fetched is reported, one that was fetched is not")
  void undelivered() {
    Person fetched = server.newPerson();
    issuedTo(fetched);
    Person left = server.newPerson();
    server.visitor(left).issued();

    Staff.Answer report = clerk.get("/reports/undelivered");

    assertThat(report.body().path("items"))
        .extracting(it -> it.path("userId").asText())
        .contains(left.userId())
        .doesNotContain(fetched.userId());
  }

  @Test
  @DisplayName("Lists go on where they stopped, and take no cursor that is not theirs")
  void paging() {
    Staff.Answer first = clerk.get("/operators?limit=2");
    String next = first.body().path("next").asText();
    Staff.Answer second = clerk.get("/operators?limit=2&after=" + next);

    assertThat(first.body().path("items")).hasSize(2);
    assertThat(second.body().path("items").get(0).path("name").asText()).isGreaterThan(next);
    assertThat(clerk.get("/certificates?after=nonsense").problem()).isEqualTo("invalid-value");
    assertThat(clerk.get("/reports/expiring?after=1_2_3").problem()).isEqualTo("invalid-value");
    assertThat(clerk.get("/certificates?limit=0").problem()).isEqualTo("invalid-value");
    assertThat(clerk.get("/certificates?nosuch=1").problem()).isEqualTo("malformed-request");
  }

  @Test
  @Tag("D1")
  @DisplayName("D1: a certificate is held and released; held it does not log in")
  void hold() {
    Person person = server.newPerson();
    byte[] file = server.visitor(person).issued().download().octets();
    String serial =
        clerk
            .get("/certificates?user=" + person.userId())
            .body()
            .at("/items/0/serialNumber")
            .asText();
    String path = "/certificates/" + serial.toUpperCase(Locale.ROOT);

    Staff.Answer dry = clerk.post(path + "/hold?dryRun=true", Map.of("note", "asks at the branch"));
    Staff.Answer held = clerk.post(path + "/hold", Map.of("note", "asks at the branch"));
    Reply refused = server.browser(file, person.password()).get("/login");
    Staff.Answer twice = clerk.post(path + "/hold");
    Staff.Answer released = clerk.post(path + "/release");
    Staff.Answer again = clerk.post(path + "/release");

    assertThat(dry.body().path("state").asText()).isEqualTo("VALID");
    assertThat(held.body().path("state").asText()).as(held.text()).isEqualTo("HELD");
    assertThat(refused.heading()).contains("失効");
    assertThat(twice.problem()).isEqualTo("wrong-state");
    assertThat(released.body().path("state").asText()).isEqualTo("VALID");
    assertThat(again.problem()).isEqualTo("wrong-state");
    assertThat(audited("CERTIFICATE_HELD", "clerk")).isNotEmpty();
    assertThat(audited("CERTIFICATE_RELEASED", "clerk")).isNotEmpty();
    assertThat(server.logIn(person, file).get("/home").status()).isEqualTo(200);
  }

  @Test
  @Tag("S13")
  @DisplayName("S13: a body of 1 MiB is read, one of an octet more is 413")
  void bodySizes() {
    int frame = "{\"name\":\"\"}".length();
    Staff.Answer most =
        administrator.post("/operators", Map.of("name", "x".repeat((1 << 20) - frame)));
    Staff.Answer more =
        administrator.post("/operators", Map.of("name", "x".repeat((1 << 20) - frame + 1)));

    assertThat(most.status()).as("read, and refused for what it says").isEqualTo(400);
    assertThat(more.status()).isEqualTo(413);
  }

  @Test
  @DisplayName("The CA, its CRLs and its responder are shown and renewed")
  void authority() {
    Staff.Answer before = administrator.get("/authority");
    Staff.Answer renewed = administrator.post("/authority/renew-responder");
    Staff.Answer published = administrator.post("/crls/publish");
    Staff.Answer shown = administrator.get("/crls");
    Staff.Answer difference = administrator.get("/crls/difference");

    assertThat(before.body().at("/issuing/subject").asText()).contains("Issuing CA 1");
    assertThat(before.body().at("/servers")).hasSize(1);
    assertThat(renewed.body().at("/responder/serialNumber").asText())
        .isNotEqualTo(before.body().at("/responder/serialNumber").asText());
    assertThat(published.body().path("items"))
        .as(published.text())
        .extracting(it -> it.path("kind").asText())
        .contains("FULL");
    assertThat(shown.body().at("/items/0/number").asText()).isNotEmpty();
    assertThat(difference.body().path("number").asText()).as(difference.text()).isNotEmpty();
    assertThat(audited("RESPONDER_RENEWED", "admin")).isNotEmpty();
    assertThat(audited("CRL_PUBLISHED", "admin")).isNotEmpty();
  }

  @Test
  @Tag("D4")
  @DisplayName("D4: an auditor reads the log, exports it, and gets its signed head")
  void audit() {
    Staff.Answer list = auditor.get("/audit?action=operator-added&actor=admin&limit=2");
    Staff.Answer export = auditor.get("/audit/export");
    Staff.Answer checkpoint = auditor.get("/audit/checkpoint");
    Staff.Answer activity = auditor.get("/reports/activity");

    assertThat(list.body().path("items")).hasSize(2);
    assertThat(list.body().at("/items/0/action").asText()).isEqualTo("OPERATOR_ADDED");
    assertThat(export.text().lines().findFirst().orElseThrow()).contains("\"type\":\"header\"");
    assertThat(export.text().lines()).anyMatch(it -> it.contains("AUDIT_EXPORTED"));
    assertThat(checkpoint.body().path("signature").asText()).as(checkpoint.text()).isNotEmpty();
    assertThat(activity.body().path("counts")).isNotEmpty();
    assertThat(audited("AUDIT_EXPORTED", "auditor")).contains("from event 1");
  }
}
