package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.Browser;
import dev.inkan.server.Person;
import dev.inkan.server.Reply;
import dev.inkan.server.TestServer;
import dev.inkan.server.Visitor;
import io.javalin.http.HandlerType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C4, S14: who may do what to whom, route by route; bad input; and 1,000 users. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UserAccessTest {

  private TestServer server;
  private Person boss;
  private Person hanako;
  private byte[] bossPfx;
  private byte[] hanakoPfx;
  private Browser master;
  private String before;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
    boss = server.newMaster();
    hanako = server.newPersonOf(boss);
    bossPfx = pfx(boss);
    hanakoPfx = pfx(hanako);
    master = server.logIn(boss, bossPfx);
    before = row(hanako);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private byte[] pfx(Person person) {
    Visitor visitor = server.visitor(person).issued();
    return visitor.download().octets();
  }

  private String row(Person person) {
    return server
        .query(
            "SELECT CONCAT_WS(' ', mail, password_hash, initial_until, failures, removed_at)"
                + " FROM app_user WHERE user_id = '"
                + person.userId()
                + "'")
        .get(0);
  }

  @AfterEach
  void nothingHappened() {
    assertThat(row(hanako)).isEqualTo(before);
    assertThat(server.query("SELECT id FROM address_change")).isEmpty();
  }

  private List<Route> routes() {
    List<Route> routes =
        server.application().routes().stream()
            .filter(route -> route.path().startsWith("/users"))
            .toList();
    assertThat(routes).hasSize(15);
    return routes;
  }

  /** The fields of every form there is, so that each would do something. */
  private Reply ask(Browser browser, Route route, String userId) {
    String path = route.path().replace("{userId}", userId);
    return route.method().equals(HandlerType.GET)
        ? browser.get(path)
        : browser.post(
            path,
            "userId",
            "intruder1",
            "name",
            "だれか",
            "email",
            "thief@example.jp",
            "initialPassword",
            "Inkan#2026",
            "code",
            "123456");
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: who is not logged in gets to ログイン, and a form is told that nothing was done")
  void nobody() {
    for (Route route : routes()) {
      for (Browser browser : List.of(server.browser(), server.browser(bossPfx, boss.password()))) {
        Reply reply = ask(browser, route, hanako.userId());
        assertNotLoggedIn(route, reply);
      }
    }
  }

  private static void assertNotLoggedIn(Route route, Reply reply) {
    if (route.method().equals(HandlerType.GET)) {
      assertThat(reply.location()).as(route.path()).endsWith("/login");
    } else {
      assertThat(reply.status()).as(route.path()).isEqualTo(403);
      assertThat(reply.heading()).as(route.path()).isEqualTo("時間がたったため、終了しました");
    }
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: a general user is told in words that this is the master user's")
  void generalUser() {
    Browser browser = server.logIn(hanako, hanakoPfx);
    for (Route route : routes()) {
      Reply reply = ask(browser, route, hanako.userId());
      assertThat(reply.status()).as(route.path()).isEqualTo(403);
      assertThat(reply.heading()).as(route.path()).isEqualTo("マスターユーザーだけが使える画面です");
    }
    assertThat(browser.get("/home").text()).doesNotContain("/users");
    assertThat(server.query("SELECT id FROM app_user WHERE user_id = 'intruder1'")).isEmpty();
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: another organisation's users look like unknown ones, and so do master users")
  void otherOrganisation() {
    Person stranger = server.newMaster();
    Browser browser = server.loggedIn(stranger);
    for (Route route : routes()) {
      if (route.path().contains("{userId}") && !route.path().endsWith("/handover")) {
        Reply theirs = ask(browser, route, hanako.userId());
        Reply unknown = ask(browser, route, "nobody001");
        Reply self = ask(browser, route, stranger.userId());
        Reply noUserId = ask(browser, route, "x");
        assertThat(theirs.status()).as(route.path()).isEqualTo(404);
        assertThat(theirs.heading()).isEqualTo("一般ユーザーが見つかりません");
        assertThat(List.of(unknown.stable(), self.stable(), noUserId.stable()))
            .as(route.path())
            .containsOnly(theirs.stable());
      }
    }
    assertThat(browser.get("/users").text()).doesNotContain(hanako.userId()).contains("0名");
    assertThat(browser.get("/users?search=" + hanako.userId()).text()).contains("0名");
    assertThat(browser.get("/users/" + hanako.userId() + "/handover").status()).isEqualTo(303);
  }

  @Test
  @Tag("C4")
  @Tag("C6")
  @DisplayName("C4: a session lives with its certificate, and ends when it is not used")
  void sessions() {
    Browser loggedIn = server.logIn(boss, bossPfx);
    String token = loggedIn.token();
    assertThat(loggedIn.get("/users").status()).isEqualTo(200);
    List<Browser> others = List.of(server.browser(), server.browser(hanakoPfx, hanako.password()));
    for (Route route : routes()) {
      for (Browser other : others) {
        assertNotLoggedIn(route, ask(other.token(token), route, hanako.userId()));
      }
    }
    Browser idle = server.logIn(boss, bossPfx);
    server.clock().advance(Duration.ofMinutes(61));
    for (Route route : routes()) {
      assertNotLoggedIn(route, ask(idle, route, hanako.userId()));
    }
    master = server.logIn(boss, bossPfx);
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: a form of another browser's page changes nothing")
  void csrf() {
    Browser browser = server.logIn(boss, bossPfx);
    Browser other = server.browser();
    other.get("/");
    for (Route route : routes()) {
      if (route.method().equals(HandlerType.POST)) {
        String path = route.path().replace("{userId}", hanako.userId());
        Reply reply = browser.submit(path, "csrf=" + other.csrf());
        assertThat(reply.heading()).as(path).isEqualTo("操作をやり直してください");
      }
    }
  }

  static Stream<String> catalogue() {
    return Stream.of(
        "a1".repeat(5_000),
        "abc\u0000def1",
        "abc123\r\nBcc: thief@example.jp",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' OR 1=1 --",
        "${7*7}",
        "../../etc/passwd",
        "abc\u202e123",
        "\ufffd\ufffd",
        "🔏".repeat(100));
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  @Tag("S14")
  @Tag("C4")
  @DisplayName("S14: a user of no form is shown again, escaped, with what is wrong")
  void badUsers(String typed) {
    Reply reply =
        master.post(
            "/users/new",
            "userId",
            typed,
            "name",
            typed.length() > 64 ? typed : typed + "\n",
            "email",
            typed,
            "initialPassword",
            typed);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("ユーザーIDは、半角の英字", "メールアドレスを確かめてください", "初期パスワードは、半角の")
        .doesNotContain("<script>alert", "<img src=x");
    assertThat(reply.octets().length).isLessThan(32_000);
    Reply address = master.post("/users/" + hanako.userId() + "/address", "email", typed);
    assertThat(address.status()).isEqualTo(422);
    assertThat(address.text())
        .contains("メールアドレスを確かめてください")
        .doesNotContain("<script>alert", "<img src=x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "\u3000",
        "花\u0000子",
        "花\u202e子",
        "花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子花子",
        "花\n子"
      })
  @Tag("S14")
  @DisplayName("S14: what is no name is refused")
  void badNames(String name) {
    Reply reply = master.post("/users/new", "name", name);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).containsAnyOf("氏名を入力してください", "氏名は、64文字以内で入力してください");
  }

  @Test
  @Tag("S14")
  @DisplayName("S14: what is missing is asked for, and nothing typed is lost")
  void missing() {
    Reply empty = master.post("/users/new");
    assertThat(empty.text())
        .contains("ユーザーIDを入力してください", "氏名を入力してください", "メールアドレスを入力してください", "初期パスワードを入力してください");
    Reply one = master.post("/users/new", "userId", "hana0001", "name", "山田 花子");
    assertThat(one.text()).contains("value=\"hana0001\"", "value=\"山田 花子\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page=-1",
        "page=0",
        "page=1000000000",
        "page=99999999999999999999999999",
        "page=1e9",
        "page=%EF%BC%92",
        "sort=drop%20table%20app_user&order=%27",
        "sort=password_hash&order=desc",
        "sort=state&order=sideways",
        "search=%27%20OR%201%3D1%20--",
        "search=%25%25%25__!!!",
        "search=%00%00",
        "search=%E2%80%AE%F0%9F%94%8F",
        "search=%5B%28%2A%2B%3F%5C",
        "search=%3Cscript%3Ealert(1)%3C/script%3E",
        "page[]=2&x=y",
        "&&=&",
        "unknown"
      })
  @Tag("S14")
  @DisplayName("S14: whatever the list is asked for, it answers with a list")
  void badQueries(String query) {
    Reply reply = master.get("/users?" + query);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.heading()).isEqualTo("一般ユーザーの管理");
    assertThat(reply.text()).doesNotContain("<script>alert");
  }

  @ParameterizedTest
  @ValueSource(strings = {"search=%zz", "search=%ff%fe", "page=1&page=2", "search=%ed%a0%80", "%"})
  @Tag("S14")
  @DisplayName("S14: an address that cannot be read is refused")
  void unreadableQueries(String query) {
    RawExchange reply =
        RawExchange.send(
            server,
            "GET /users?"
                + query
                + " HTTP/1.1\r\nHost: localhost:"
                + server.url().getPort()
                + "\r\nConnection: close\r\n\r\n");

    assertThat(reply.status()).isIn(303, 400);
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: a search goes to an address that can be gone back to")
  void search() {
    Reply reply =
        master.post("/users", "search", " 佐藤 次郎&page=2 ", "sort", "name", "order", "desc");

    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.location())
        .endsWith(
            "/users?search=%E4%BD%90%E8%97%A4+%E6%AC%A1%E9%83%8E%26page%3D2&sort=name&order=desc");
    assertThat(master.get("/users?search=" + "%E4%BD%90%E8%97%A4+%E6%AC%A1%E9%83%8E").text())
        .contains(hanako.userId());
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: 1,000 users are 20 pages, for no more statements than one user")
  void thousand() {
    Person rich = server.newMaster();
    Browser browser = server.loggedIn(rich);
    server.newPersonOf(rich);
    browser.get("/users");
    int one = statements(browser, "/users");
    String organisation =
        "(SELECT organisation_number FROM app_user WHERE user_id = '" + rich.userId() + "')";
    server.update(
        "INSERT INTO app_user (id, user_id, role, organisation_number, name, mail, password_hash)"
            + " SELECT 'bulk-' || x, 'bulk' || LPAD(CAST(x AS VARCHAR), 4, '0'), 'GENERAL', "
            + organisation
            + ", '大勢 太郎', 'bulk' || x || '@mihon.example', '$argon2id$none' FROM SYSTEM_RANGE(1, 999)");

    int many = statements(browser, "/users");

    assertThat(many).isEqualTo(one);
    Reply page = browser.get("/users");
    assertThat(page.text()).contains("1,000名中 1～50名", "1／20ページ", "次の50名");
    List<String> seen = new ArrayList<>();
    String next = "/users";
    while (!next.isEmpty()) {
      Reply reply = browser.get(next);
      reply.text().lines().filter(line -> line.startsWith("<th scope=\"row\">")).forEach(seen::add);
      next =
          reply
              .text()
              .replaceAll("(?s).*<a href=\"([^\"]*)\" rel=\"next\">.*", "$1")
              .replace("&amp;", "&");
      next = next.startsWith("/users") ? next : "";
    }
    assertThat(seen).hasSize(1_000).doesNotHaveDuplicates();
    assertThat(browser.get("/users?page=1000000000").text()).contains("1,000名中 951～1,000名");
    long start = System.nanoTime();
    browser.get("/users?sort=state&order=desc&page=20");
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.getLogger("users").log(System.Logger.Level.INFO, "a page of 1,000 users: " + took);
    assertThat(took).isLessThan(Duration.ofSeconds(3));
  }

  /**
   * How many statements on users and sessions the page takes; the timetable's and those that follow
   * certificates' changes do not count.
   */
  private int statements(Browser browser, String path) {
    server.update("SET QUERY_STATISTICS FALSE");
    server.update("SET QUERY_STATISTICS TRUE");
    assertThat(browser.get(path).status()).isEqualTo(200);
    return Integer.parseInt(
        server
            .query(
                "SELECT COALESCE(SUM(EXECUTION_COUNT), 0) FROM INFORMATION_SCHEMA.QUERY_STATISTICS"
                    + " WHERE (SQL_STATEMENT LIKE '%app_user%' OR SQL_STATEMENT LIKE '%web_session%'"
                    + " OR SQL_STATEMENT LIKE '%certificate%') AND SQL_STATEMENT LIKE 'SELECT%'"
                    + " AND SQL_STATEMENT NOT LIKE '%change_number%'"
                    + " AND SQL_STATEMENT NOT LIKE '%STATISTICS%'")
            .get(0));
  }
}
