package dev.inkan.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.server.Letter;
import dev.inkan.server.Person;
import dev.inkan.server.Staff;
import dev.inkan.server.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bank's clerk does for organisations, their master users and users, over the wire. */
final class PeopleLineTest {

  private static final Pattern LOGIN_ID = Pattern.compile("\nログインID +([A-Z]{2}[0-9]{8})\n");
  private static final Pattern PASSWORD = Pattern.compile("\n初期パスワード +(\\S{12})\n");

  @TempDir private static Path folder;

  private static TestServer server;
  private static Staff clerk;
  private static int organisations;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, "INKAN_REGISTRATION_INITIAL_PASSWORD_LIFETIME", "10d");
    clerk = server.operator("clerk", "CLERK");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String newNumber() {
    organisations++;
    return "N-" + organisations;
  }

  private static Staff.Answer add(String number, String name) {
    return clerk.post("/organisations", Map.of("number", number, "name", name));
  }

  private static String first(Pattern pattern, Staff.Answer answer) {
    Matcher found = pattern.matcher(answer.body().at("/letter/text").asText());
    assertThat(found.find()).as(answer.text()).isTrue();
    return found.group(1);
  }

  private static String organisationOf(Person person) {
    return clerk.get("/users/" + person.userId()).body().at("/user/organisation").asText();
  }

  private static List<String> letters(String number) {
    return server.query(
        "SELECT login_id FROM master_invitation WHERE organisation_number = '" + number + "'");
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: a letter has login ID, initial password and end; the database has a hash")
  void letter() throws IOException {
    String number = newNumber();
    Instant before = server.clock().instant();

    Staff.Answer added = add(number, "印鑑商事");

    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(added.body().at("/letter/text").asText())
        .startsWith("印鑑商事　御中\n")
        .contains("ご利用開始のお知らせ", server.url().toString(), "まで\n");
    assertThat(first(LOGIN_ID, added))
        .isEqualTo(added.body().at("/letter/loginId").asText())
        .isEqualTo(letters(number).get(0));
    String password = first(PASSWORD, added);
    assertThat(password).isEqualTo(added.body().at("/letter/initialPassword").asText());
    assertThat(Instant.parse(added.body().at("/letter/until").asText()))
        .isBetween(
            before.plus(Duration.ofDays(10)).minusSeconds(60),
            before.plus(Duration.ofDays(10)).plusSeconds(60));
    assertThat(Files.readString(folder.resolve("data/inkan.mv.db"), StandardCharsets.ISO_8859_1))
        .doesNotContain(password);
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: the PDF says the same, and what its font lacks is named")
  void pdf() throws IOException {
    Staff.Answer added = add(newNumber(), "𠮷野家");

    byte[] pdf = Base64.getDecoder().decode(added.body().at("/letter/pdf").asText());
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(new PDFTextStripper().getText(document).replaceAll("\\s", ""))
          .contains("〓野家", first(LOGIN_ID, added), first(PASSWORD, added));
    }
    assertThat(added.body().at("/letter/missing").toString()).isEqualTo("[\"𠮷\"]");
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: a number that is taken is refused, and the first letter still counts")
  void taken() {
    String number = newNumber();
    Staff.Answer first = add(number, "印鑑商事");

    Staff.Answer second = add(number, "別の団体");

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.problem()).isEqualTo("taken");
    assertThat(second.text())
        .contains(number + " is taken by 印鑑商事", "inkan-admin master initialise " + number);
    assertThat(letters(number)).containsExactly(first(LOGIN_ID, first));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u001b[31mb", "太郎\u202e", "a\u200bb"})
  @Tag("S14")
  @DisplayName("S14: a name that would deceive or break a line is refused")
  void hostileNames(String name) {
    Staff.Answer refused = add("HOSTILE", name);

    assertThat(refused.problem()).isEqualTo("invalid-value");
    assertThat(refused.text()).doesNotContain("\u001b", "\u202e");
  }

  @Test
  @Tag("S14")
  @DisplayName("S14: wrong numbers and names too long are refused; odd names are just names")
  void oddNames() {
    assertThat(add("N 1", "商事").problem()).isEqualTo("invalid-value");
    assertThat(add("１", "商事").problem()).isEqualTo("invalid-value");
    assertThat(add("N-long", "あ".repeat(65)).problem()).isEqualTo("invalid-value");
    assertThat(server.query("SELECT number FROM organisation WHERE name = '商事'")).isEmpty();
    for (String name : List.of("<script>&amp;", "=1+1", "'); DROP--", "𠮷".repeat(64))) {
      Staff.Answer added = add(newNumber(), name);

      assertThat(added.status()).as(added.text()).isEqualTo(201);
      assertThat(added.body().at("/letter/text").asText()).startsWith(name + "　御中\n");
      assertThat(added.body().at("/organisation/name").asText()).isEqualTo(name);
    }
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: a dry run changes nothing; the real one ends the password and makes a letter")
  void initialise() {
    Person master = server.newMaster();
    String number = organisationOf(master);
    String hash = "SELECT password_hash FROM app_user WHERE user_id = '" + master.userId() + "'";
    List<String> before = server.query(hash);
    server.loggedIn(master);

    Staff.Answer dry = clerk.post("/organisations/" + number + "/master/initialise?dryRun=true");

    assertThat(dry.body().at("/before/user/userId").asText()).isEqualTo(master.userId());
    assertThat(dry.body().has("letter")).isFalse();
    assertThat(server.query(hash)).isEqualTo(before);
    assertThat(letters(number)).isEmpty();

    Staff.Answer done = clerk.post("/organisations/" + number + "/master/initialise");

    assertThat(done.body().at("/letter/text").asText())
        .contains("ご利用開始（変更）のお知らせ", "これまでのパスワードは使用できません");
    assertThat(done.body().path("sessionsEnded").asInt()).isPositive();
    assertThat(done.body().at("/before/validCertificates")).hasSize(1);
    assertThat(letters(number)).containsExactly(first(LOGIN_ID, done));
    assertThat(server.query(hash)).isNotEqualTo(before);
    assertThat(
            server.query("SELECT kind FROM mail_outbox WHERE recipient = '" + master.mail() + "'"))
        .contains("initialised");
  }

  @Test
  @Tag("C3")
  @DisplayName("C3: a letter lost before its use is replaced by one for a beginning")
  void lostLetter() {
    Letter lost = server.newLetter();

    Staff.Answer again = clerk.post("/organisations/" + lost.organisation() + "/master/initialise");

    assertThat(again.body().at("/before/letter/loginId").asText()).isEqualTo(lost.loginId());
    assertThat(again.body().at("/letter/text").asText()).contains("ご利用開始のお知らせ");
    assertThat(letters(lost.organisation()))
        .containsExactly(first(LOGIN_ID, again))
        .doesNotContain(lost.loginId());
  }

  @Test
  @Tag("B10")
  @DisplayName("B10: the bank unlocks and unblocks a master user, each where it applies alone")
  void masterLocks() {
    Person master = server.newMaster();
    String path = "/organisations/" + organisationOf(master) + "/master";

    assertThat(clerk.post(path + "/unlock").problem()).isEqualTo("wrong-state");
    lock(master);
    assertThat(clerk.get(path).body().at("/user/state").asText()).isEqualTo("LOCKED");
    assertThat(clerk.post(path + "/unblock").problem()).isEqualTo("wrong-state");
    Staff.Answer unlocked = clerk.post(path + "/unlock");
    block(master);
    Staff.Answer wrongVerb = clerk.post(path + "/unlock");
    Staff.Answer unblocked = clerk.post(path + "/unblock");

    assertThat(unlocked.body().path("userId").asText()).isEqualTo(master.userId());
    assertThat(wrongVerb.text()).contains("inkan-admin master unblock");
    assertThat(unblocked.status()).as(unblocked.text()).isEqualTo(200);
    assertLetIn(master);
    assertThat(clerk.post("/organisations/nobody/master/unlock").problem()).isEqualTo("not-found");
  }

  @Test
  @Tag("B10")
  @DisplayName("B10: the bank unlocks and unblocks any user, and an auditor does not")
  void userLocks() {
    Person person = server.newPerson();
    String path = "/users/" + person.userId();

    assertThat(clerk.post(path + "/unlock").problem()).isEqualTo("wrong-state");
    lock(person);
    assertThat(clerk.post(path + "/unblock").problem()).isEqualTo("wrong-state");
    assertThat(server.administrator().post(path + "/unlock").problem()).isEqualTo("role-missing");
    Staff.Answer unlocked = clerk.post(path + "/unlock");
    block(person);
    Staff.Answer wrongVerb = clerk.post(path + "/unlock");
    Staff.Answer unblocked = clerk.post(path + "/unblock");

    assertThat(unlocked.body().path("state").asText()).isEqualTo("ACTIVE");
    assertThat(wrongVerb.text()).contains("inkan-admin user unblock " + person.userId());
    assertThat(unblocked.body().path("state").asText()).isEqualTo("ACTIVE");
    assertLetIn(person);
    assertThat(clerk.post("/users/nobody01/unlock").problem()).isEqualTo("not-found");
  }

  private static void lock(Person person) {
    set(person, "locks = 1, locked_until = TIMESTAMP WITH TIME ZONE '2999-01-01 00:00:00Z'");
  }

  private static void block(Person person) {
    set(person, "locks = 3, blocked = TRUE");
  }

  private static void set(Person person, String columns) {
    server.update("UPDATE app_user SET " + columns + " WHERE user_id = '" + person.userId() + "'");
  }

  /** In again, with counters at nought, a mail about each, and in the log by the clerk's name. */
  private static void assertLetIn(Person person) {
    String user = "user_id = '" + person.userId() + "'";
    assertThat(server.query("SELECT locks FROM app_user WHERE NOT blocked AND " + user))
        .containsExactly("0");
    assertThat(
            server.query(
                "SELECT m.kind FROM mail_outbox m JOIN app_user u ON u.id = m.subscriber_id WHERE "
                    + user))
        .contains("unlocked", "unlocked");
    assertThat(
            server.query(
                "SELECT a.detail FROM audit_event a JOIN app_user u ON u.id = a.subscriber_id"
                    + " WHERE a.action = 'USER_UNLOCKED' AND a.actor_name = 'clerk' AND "
                    + user))
        .hasSize(2)
        .anyMatch(it -> it.toLowerCase(java.util.Locale.ROOT).endsWith("was locked"))
        .anyMatch(it -> it.toLowerCase(java.util.Locale.ROOT).endsWith("was blocked"));
  }

  @Test
  @Tag("D6")
  @DisplayName("D6: a mail that waits goes at once; of one that is gone it is said what to do")
  void mailRetry() {
    Person person = server.newPerson();
    server.loggedIn(person);
    await().atMost(Duration.ofSeconds(40)).until(() -> server.mails(person).size() >= 2);
    String number =
        clerk.get("/mails?user=" + person.userId()).body().at("/items/0/number").asText();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> clerk.get("/mails/" + number).body().path("state").asText().equals("SENT"));
    Staff.Answer sent = clerk.post("/mails/" + number + "/retry");
    mail(number, "state = 'REFUSED', reason = '550 no such user'");
    Staff.Answer refused = clerk.post("/mails/" + number + "/retry");
    // As if it had not gone; its text cannot be opened, so that none leaves a second time.
    mail(number, "state = 'QUEUED', sealed = X'00', ended_at = NULL, claimed_until = " + IN_2999);
    Staff.Answer leased = clerk.post("/mails/" + number + "/retry");
    mail(number, "claimed_until = NULL, due_at = " + IN_2999);
    Staff.Answer waiting = clerk.post("/mails/" + number + "/retry");
    mail(number, "state = 'DROPPED', sealed = NULL, ended_at = CURRENT_TIMESTAMP");

    assertThat(sent.problem()).isEqualTo("wrong-state");
    assertThat(sent.text()).contains("was sent", "text is erased");
    assertThat(refused.problem()).isEqualTo("wrong-state");
    assertThat(refused.text()).contains("was refused", "by telephone");
    assertThat(leased.problem()).isEqualTo("wrong-state");
    assertThat(leased.text()).contains("being handed over").doesNotContain("erased");
    assertThat(waiting.status()).as(waiting.text()).isEqualTo(200);
    assertThat(Instant.parse(waiting.body().path("dueAt").asText()))
        .isBefore(Instant.parse("2998-01-01T00:00:00Z"));
    assertThat(server.query("SELECT detail FROM audit_event WHERE action = 'MAIL_RETRIED'"))
        .containsExactly("mail " + number);
    assertThat(clerk.post("/mails/99999/retry").problem()).isEqualTo("not-found");
    assertThat(clerk.get("/mails").text()).doesNotContain(server.codes(person).get(0));
  }

  private static final String IN_2999 = "TIMESTAMP WITH TIME ZONE '2999-01-01 00:00:00Z'";

  private static void mail(String number, String columns) {
    server.update("UPDATE mail_outbox SET " + columns + " WHERE number = " + number);
  }
}
