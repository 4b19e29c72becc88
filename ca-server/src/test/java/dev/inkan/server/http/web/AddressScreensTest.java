package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.server.Browser;
import dev.inkan.server.Person;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** C4: a master user changes a user's address, in the browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AddressScreensTest {

  private TestServer server;
  private Person boss;
  private Browser master;
  private Person hanako;
  private Person moved;
  private String path;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder, "INKAN_CODE_RESEND_AFTER", "60s");
    boss = server.newMaster();
    master = server.loggedIn(boss);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void addHanako() {
    hanako = server.newPersonOf(boss);
    moved = new Person(hanako.userId(), hanako.password(), "new-" + hanako.mail());
    path = "/users/" + hanako.userId() + "/address";
  }

  private Reply begin(String address) {
    return master.post(path, "email", address);
  }

  private Reply enter(String code) {
    return master.post(path + "/code", "code", code);
  }

  private String registered() {
    return server
        .query("SELECT mail FROM app_user WHERE user_id = '" + hanako.userId() + "'")
        .get(0);
  }

  private static String wrong(String right) {
    return right.equals("111111") ? "222222" : "111111";
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: the new address gets a code, the master user types it, the old one is told")
  void change() {
    assertThat(master.get(path).text()).contains("メールアドレスの変更", hanako.mail());

    Reply begun = begin(moved.mail());

    assertThat(begun.location()).endsWith(path + "/code");
    Reply page = master.get(path + "/code");
    assertThat(page.text()).contains(moved.mail(), "認証コードを送りました");
    String code = server.awaitCode(moved, 1);
    assertThat(page.text()).doesNotContain(code);
    assertThat(master.get("/users/" + hanako.userId()).text()).contains("の確認を待っています");
    assertThat(registered()).isEqualTo(hanako.mail());
    assertThat(enter(wrong(code)).text()).contains("あと4回");
    Reply changed = enter(code);
    assertThat(changed.status()).as(changed.heading()).isEqualTo(303);

    assertThat(master.get("/users/" + hanako.userId()).text())
        .contains("メールアドレスを変更しました", moved.mail())
        .doesNotContain("の確認を待っています");
    assertThat(registered()).isEqualTo(moved.mail());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                server.mails(hanako).stream()
                    .anyMatch(mail -> mail.text().contains("n***@mihon.example")));
    assertThat(enter(code).heading()).isEqualTo("進行中のメールアドレスの変更はありません");
    server.visitor(moved).applied();
    assertThat(server.awaitCode(moved, 2)).isNotEqualTo(code);
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: five wrong codes void it; the flow's own code does not fit; nothing changes")
  void voided() {
    Visitor visitor = server.visitor(hanako).applied();
    String ofTheFlow = server.awaitCode(hanako, 1);
    begin(moved.mail());
    String code = server.awaitCode(moved, 1);
    assertThat(enter(ofTheFlow).text()).contains("あと4回");
    for (int left = 3; left >= 1; left--) {
      assertThat(enter(wrong(code)).text()).contains("あと" + left + "回");
    }

    assertThat(enter(wrong(code)).heading()).isEqualTo("認証コードが無効になりました");

    assertThat(enter(code).heading()).isEqualTo("進行中のメールアドレスの変更はありません");
    assertThat(master.get(path + "/code").heading()).isEqualTo("進行中のメールアドレスの変更はありません");
    assertThat(registered()).isEqualTo(hanako.mail());
    assertThat(visitor.enter(code).text()).as("nor does it fit at ⑤").contains("あと4回");
    assertThat(visitor.enter(ofTheFlow).location()).endsWith("/issue/confirm");
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: after 30 minutes the code is refused, and the master user still logged in")
  void expired() {
    begin(moved.mail());
    String code = server.awaitCode(moved, 1);
    for (int i = 0; i < 3; i++) {
      server.clock().advance(Duration.ofMinutes(10));
      master.get("/users");
    }

    assertThat(enter(code).heading()).isEqualTo("認証コードの有効期限が切れました");
    assertThat(master.get(path + "/code").heading()).isEqualTo("認証コードの有効期限が切れました");
    assertThat(master.get("/users/" + hanako.userId()).text()).doesNotContain("の確認を待っています");
    assertThat(registered()).isEqualTo(hanako.mail());
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: the same code is sent again after a minute, and [キャンセル] ends it")
  void resendAndCancel() {
    begin(moved.mail());
    String code = server.awaitCode(moved, 1);
    assertThat(master.post(path + "/code", "resend", "1").text()).contains("からできます");
    server.clock().advance(Duration.ofSeconds(61));
    assertThat(master.post(path + "/code", "resend", "1").text()).contains("認証コードを再送信しました");
    assertThat(server.awaitCode(moved, 2)).isEqualTo(code);

    assertThat(master.post(path + "/code", "cancel", "1").location())
        .endsWith("/users/" + hanako.userId());

    assertThat(enter(code).heading()).isEqualTo("進行中のメールアドレスの変更はありません");
    assertThat(registered()).isEqualTo(hanako.mail());
  }

  @Test
  @Tag("C4")
  @DisplayName(
      "C4: five codes a day, none to the address there is, and what is no code costs no try")
  void limits() {
    assertThat(begin(hanako.mail()).text()).contains("いま登録されているメールアドレスと同じです");
    for (int i = 0; i < 5; i++) {
      assertThat(begin(moved.mail()).status()).isEqualTo(303);
    }
    for (String noCode : List.of("", "12345", "１２３４５６", "<b>", "1".repeat(1_000))) {
      assertThat(enter(noCode).status()).isEqualTo(422);
    }
    assertThat(begin(moved.mail()).heading()).isEqualTo("今日はこれ以上、認証コードを送信できません");
    assertThat(
            server.query(
                "SELECT code_tries FROM address_change WHERE mail = '" + moved.mail() + "'"))
        .containsExactly("0");
  }
}
