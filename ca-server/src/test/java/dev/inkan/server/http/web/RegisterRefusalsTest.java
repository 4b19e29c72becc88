package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.Letter;
import dev.inkan.server.Registrant;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What マスターユーザー初期登録 refuses, and what its time ends: on a server whose clock moves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RegisterRefusalsTest {

  private static final List<String> BAD =
      List.of(
          "",
          "x",
          "x".repeat(10_000),
          "ａｂｃ１２３",
          "a b",
          "abc\u0000123",
          "abc\r\n123",
          "🔏",
          "<script>alert(1)</script>",
          "\"'><b>",
          "٣٤٥٦٧٨",
          "a\u202eb",
          "𠮷".repeat(65));

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Reply logIn(String loginId, String initialPassword) {
    return server
        .browser()
        .post("/register", "loginId", loginId, "initialPassword", initialPassword);
  }

  @Test
  @Tag("C2")
  @Tag("S1")
  @DisplayName("S1: unknown, wrong, locked and blocked are one answer, right password or not")
  void alike() {
    Letter letter = server.newLetter();
    List<String> answers = new ArrayList<>();
    answers.add(answer("ZZ99999999", letter.initialPassword(), letter));
    for (int lock = 1; lock <= 3; lock++) {
      for (int i = 0; i < 6; i++) {
        answers.add(answer(letter.loginId(), letter.wrongPassword(), letter));
      }
      answers.add(answer(letter.loginId(), letter.initialPassword(), letter));
      server.clock().advance(Duration.ofMinutes(61));
    }
    answers.add(answer(letter.loginId(), letter.initialPassword(), letter));

    assertThat(answers).hasSize(23);
    assertThat(answers.stream().distinct()).hasSize(1);
    assertThat(answers.get(0)).startsWith("422").contains("ログインIDまたは初期パスワードを確認できませんでした");
    assertThat(
            server.query(
                "SELECT detail FROM audit_event WHERE actor_name = '" + letter.loginId() + "'"))
        .contains("wrong initial password; lock 1", "wrong initial password; blocked by lock 3");
  }

  private String answer(String loginId, String password, Letter letter) {
    Reply reply = logIn(loginId, password);
    return reply.status() + reply.stable().replace(loginId, letter.loginId());
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: after an hour the right initial password opens it again")
  void lockEnds() {
    Letter letter = server.newLetter();
    for (int i = 0; i < 6; i++) {
      assertThat(logIn(letter.loginId(), letter.wrongPassword()).status()).isEqualTo(422);
    }
    assertThat(logIn(letter.loginId(), letter.initialPassword()).status()).isEqualTo(422);
    server.clock().advance(Duration.ofMinutes(60));

    assertThat(logIn(letter.loginId(), letter.initialPassword()).location())
        .endsWith("/register/details");
    assertThat(
            server.query(
                "SELECT failures + locks FROM master_invitation WHERE login_id = '"
                    + letter.loginId()
                    + "'"))
        .containsExactly("0");
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: the initial password ends after 30 days, told to who types it right alone")
  void expired() {
    Letter letter = server.newLetter();
    Registrant master = new Registrant(server, letter, server.newStranger(), server.browser());
    server.clock().advance(Duration.ofDays(30).minusMinutes(10));
    master.submitted();
    String code = server.awaitCode(master.person(), 1);
    server.clock().advance(Duration.ofMinutes(10));

    Reply inTheFlow = master.enter(code);
    Reply right = logIn(letter.loginId(), letter.initialPassword());
    Reply wrong = logIn(letter.loginId(), letter.wrongPassword());

    for (Reply reply : List.of(inTheFlow, right)) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.heading()).isEqualTo("初期パスワードの有効期限が切れています");
      assertThat(reply.text()).contains("お取引店", "お問い合わせ");
    }
    assertThat(wrong.status()).isEqualTo(422);
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: after 30 minutes the code counts no more; another one can be asked for")
  void codeExpired() {
    Registrant master = server.newRegistrant().submitted();
    String code = server.awaitCode(master.person(), 1);
    server.clock().advance(Duration.ofMinutes(30));

    for (Reply reply : List.of(master.enter(code), master.browser().get("/register/code"))) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.heading()).isEqualTo("認証コードの有効期限が切れました");
      assertThat(reply.text()).contains("href=\"/register/details\"");
    }
    assertThat(master.submit().location()).endsWith("/register/code");
    assertThat(master.enter(server.awaitCode(master.person(), 2)).location())
        .endsWith("/register/done");
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: the same code again, a minute later at the earliest")
  void resend() {
    Registrant master = server.newRegistrant().submitted();
    String code = server.awaitCode(master.person(), 1);

    Reply early = master.browser().post("/register/code", "resend", "1");
    assertThat(early.status()).isEqualTo(422);
    assertThat(early.text()).contains("認証コードの再送信は");
    server.clock().advance(Duration.ofSeconds(61));
    Reply again = master.browser().post("/register/code", "resend", "1");

    assertThat(again.text()).contains("認証コードを再送信しました");
    assertThat(server.awaitCode(master.person(), 2)).isEqualTo(code);
  }

  @Test
  @Tag("C2")
  @Tag("S5")
  @DisplayName(
      "S5: what a registration that nobody ends kept is erased, and it is removed a day on")
  void erased() {
    Registrant master = server.newRegistrant().submitted();
    String row =
        "SELECT CASE WHEN sealed_password IS NULL AND password_hash IS NULL THEN 'none'"
            + " ELSE 'kept' END FROM master_registration WHERE login_id = '"
            + master.letter().loginId()
            + "'";
    assertThat(server.query(row)).containsExactly("kept");

    server.clock().advance(Duration.ofMinutes(61));
    erase();
    assertThat(server.query(row)).containsExactly("none");
    assertThat(master.browser().get("/register/code").status()).isEqualTo(403);

    server.clock().advance(Duration.ofHours(24));
    erase();
    assertThat(server.query(row)).isEmpty();
  }

  private void erase() {
    server.eraseExpired();
  }

  static Stream<Arguments> badFields() {
    return Stream.of("userId", "password", "name", "email")
        .flatMap(
            field ->
                BAD.stream()
                    .filter(bad -> !(field.equals("name") && isName(bad)))
                    .map(bad -> Arguments.of(field, bad)));
  }

  private static boolean isName(String text) {
    return List.of("x", "ａｂｃ１２３", "a b", "🔏", "<script>alert(1)</script>", "\"'><b>", "٣٤٥٦٧٨")
        .contains(text);
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("badFields")
  @Tag("C2")
  @Tag("S14")
  @DisplayName("S14: what has not the right form is told at its field, and changes nothing")
  void badDetails(String field, String bad) {
    Registrant master = standing();
    List<String> fields = new ArrayList<>();
    fields.addAll(List.of("userId", "master01", "password", "Inkan#2026"));
    fields.addAll(List.of("passwordConfirm", "Inkan#2026"));
    fields.addAll(List.of("name", "見本 一郎", "email", "m@mihon.example"));
    fields.set(fields.indexOf(field) + 1, bad);

    Reply reply = master.browser().post("/register/details", fields.toArray(new String[0]));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("id=\"" + field + "-problem\"", "href=\"#" + field + "\"");
    assertThat(reply.text()).doesNotContain("<script>alert", "Inkan#2026", "\"'><b>");
    assertThat(reply.octets().length).isLessThan(40_000);
    assertThat(
            server.query(
                "SELECT state FROM master_registration WHERE login_id = '"
                    + master.letter().loginId()
                    + "'"))
        .containsOnly("OPENED");
  }

  private Registrant standing() {
    return server.newRegistrant().opened();
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: the password has to be typed twice the same")
  void confirmation() {
    Registrant master = standing();

    assertThat(master.submit("Inkan#2026", "").text()).contains("passwordConfirm-problem");
    assertThat(master.submit("Inkan#2026", "Inkan#2027").text()).contains("新しいパスワードと一致していません");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("badLogins")
  @Tag("C2")
  @Tag("S14")
  @DisplayName("S14: what is no login ID or initial password is told at its field, and not counted")
  void badLogin(String bad) {
    Letter letter = server.newLetter();

    Reply id = logIn(bad, letter.initialPassword());
    Reply password = logIn(letter.loginId(), bad);

    assertThat(List.of(id.status(), password.status())).containsOnly(422);
    assertThat(id.text()).contains("id=\"loginId-problem\"");
    assertThat(password.text()).contains("id=\"initialPassword-problem\"");
    assertThat(id.text()).doesNotContain("<script>alert", letter.initialPassword());
    assertThat(
            server.query(
                "SELECT failures FROM master_invitation WHERE login_id = '"
                    + letter.loginId()
                    + "'"))
        .containsExactly("0");
  }

  static Stream<String> badLogins() {
    return BAD.stream();
  }

  @Test
  @Tag("C2")
  @DisplayName("C2: spaces around what was copied and small letters in the login ID do no harm")
  void copied() {
    Letter letter = server.newLetter();

    Reply reply =
        logIn(
            " " + letter.loginId().toLowerCase(java.util.Locale.ROOT) + "　",
            letter.initialPassword() + " ");

    assertThat(reply.location()).endsWith("/register/details");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("badLogins")
  @Tag("C2")
  @DisplayName("C2: what is no code costs no try")
  void badCode(String bad) {
    Registrant master = standing();
    assertThat(master.submit().status()).isEqualTo(303);

    Reply reply = master.enter(bad);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("id=\"code-problem\"");
    assertThat(
            server.query(
                "SELECT code_tries FROM master_registration WHERE login_id = '"
                    + master.letter().loginId()
                    + "'"))
        .containsExactly("0");
  }
}
