package dev.inkan.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a master user does for the general users, in Chromium, by the labels a person reads. */
class MasterJourneyTest {

  private static final String PASSWORD = "Inkan#2026";
  private static final String MASTER = "kanri001";
  private static final String CLERK = "hanako01";
  private static final String CLERK_MAIL = "hanako01@union.example";
  private static final String NEW_MAIL = "hanako01@new.example";
  private static final User LOCKED = User.of("lock0001");
  private static final User BLOCKED = User.of("block001");

  /** Longer than a lock lasts. */
  private static final Duration BEHIND = Duration.ofHours(3);

  @TempDir private static Path folder;

  private static Installation installation;
  private static ServerProcess server;
  private static BrowserPolicy policy;
  private static Visitor master;

  @BeforeAll
  static void start() {
    installation =
        Installation.make(
                folder,
                """
                authority: {subscriber-key: p-256}
                source-budget: {attempts: 1000}
                lockout: {failures: 6, duration: 60m, locks: 2}
                """,
                PastClock.launcher(BEHIND))
            .users(
                "001,みほん教職員組合," + MASTER + ",master,見本 管理,kanri@union.example," + PASSWORD,
                LOCKED.line(),
                BLOCKED.line());
    try (ServerProcess past = installation.serve(PastClock.launcher(BEHIND))) {
      fail(BLOCKED);
      assertThat(past.terminate()).isIn(0, 143);
    }
    server = installation.serve();
    policy = BrowserPolicy.install(installation.uri(), installation.root());
    Path file = installation.issue(MASTER, PASSWORD, "kanri@union.example", folder);
    master = Visitor.in(folder.resolve("master")).importing(file, PASSWORD);
  }

  @AfterAll
  static void stop() {
    policy.close();
    server.close();
    installation.close();
  }

  @Test
  @Tag("C4")
  @Tag("C5")
  @DisplayName("a master user creates a user, who takes a certificate; the master user sees it")
  void createUser() {
    try (Browser browser = Browser.open(master)) {
      Page page = browser.page();
      logIn(page);
      look(browser, "40-home-of-a-master");
      page.getByRole(AriaRole.LINK, named("一般ユーザーの管理")).click();
      heading(page, "一般ユーザーの管理");
      look(browser, "41-users");
      page.getByRole(AriaRole.LINK, named("一般ユーザーを登録")).click();
      heading(page, "一般ユーザーの登録");
      page.getByLabel("ユーザーID").fill(CLERK);
      page.getByLabel("氏名").fill("見本 花子");
      page.getByLabel("メールアドレス").fill(CLERK_MAIL);
      look(browser, "42-new-user");
      String initial = page.getByLabel("初期パスワード").inputValue();
      page.getByRole(AriaRole.BUTTON, exact("登録")).click();
      heading(page, "初期パスワードのお渡し");
      assertThat(main(page)).containsText("ユーザー " + CLERK + " を登録しました");
      assertThat(main(page)).containsText(initial);
      look(browser, "43-hand-over");
      page.getByRole(AriaRole.LINK, named("ユーザーの画面に進む")).click();
      heading(page, "一般ユーザー " + CLERK);
      assertThat(main(page)).not().containsText(initial);

      takeCertificate(initial);

      page.navigate(installation.uri().resolve("users").toString());
      Locator row = page.locator("tr").filter(new Locator.FilterOptions().setHasText(CLERK));
      assertThat(row).containsText("有効");
      assertThat(row).containsText("あと365日");
      page.getByRole(AriaRole.LINK, exact(CLERK)).click();
      assertThat(main(page)).containsText("利用中");
      look(browser, "44-user");
      changeAddress(browser);
      removeUser(browser);
    }
  }

  private static void takeCertificate(String initial) {
    Visitor clerk = Visitor.in(folder.resolve("clerk"));
    Path file;
    try (Browser browser = Browser.open(clerk)) {
      Page page = browser.page();
      page.navigate(installation.uri().toString());
      page.getByRole(AriaRole.LINK, named("一般ユーザーの初期登録")).click();
      authenticate(page, CLERK, initial);
      heading(page, "電子証明書発行 認証コード入力");
      page.getByLabel("認証コード").fill(installation.mails().awaitCode(CLERK_MAIL, 1));
      page.getByRole(AriaRole.BUTTON, exact("認証")).click();
      page.waitForURL("**/issue/password");
      page.locator("#password").fill(PASSWORD);
      page.locator("#passwordConfirm").fill(PASSWORD);
      page.locator("main form button[type=submit]").first().click();
      heading(page, "電子証明書発行");
      file = browser.download(folder, () -> page.getByRole(AriaRole.BUTTON, exact("発行")).click());
    }
    clerk.importing(file, PASSWORD);
  }

  private static void changeAddress(Browser browser) {
    Page page = browser.page();
    page.getByRole(AriaRole.LINK, exact("メールアドレスを変更")).click();
    heading(page, "メールアドレスの変更");
    page.getByLabel("新しいメールアドレス").fill(NEW_MAIL);
    look(browser, "45-address");
    page.getByRole(AriaRole.BUTTON, exact("認証コードを送信")).click();
    heading(page, "新しいメールアドレスの確認");
    look(browser, "46-address-code");
    page.getByLabel("認証コード").fill(installation.mails().awaitCode(NEW_MAIL, 1));
    page.getByRole(AriaRole.BUTTON, exact("変更")).click();
    heading(page, "一般ユーザー " + CLERK);
    assertThat(main(page)).containsText("メールアドレスを変更しました");
    assertThat(main(page)).containsText(NEW_MAIL);
    look(browser, "47-address-changed");
  }

  private static void removeUser(Browser browser) {
    Page page = browser.page();
    page.getByRole(AriaRole.LINK, exact("パスワードを初期化")).click();
    heading(page, "パスワードの初期化");
    look(browser, "48-initialise");
    page.getByRole(AriaRole.BUTTON, exact("初期化")).click();
    heading(page, "初期パスワードのお渡し");
    page.getByRole(AriaRole.LINK, named("ユーザーの画面に進む")).click();
    page.getByRole(AriaRole.LINK, exact("ユーザーを削除")).click();
    heading(page, "一般ユーザーの削除");
    assertThat(main(page)).containsText("電子証明書は失効しません");
    look(browser, "49-remove");
    page.getByRole(AriaRole.BUTTON, exact("削除")).click();
    heading(page, "一般ユーザーの管理");
    assertThat(main(page)).containsText("ユーザー " + CLERK + " を削除しました");
    assertThat(page.getByRole(AriaRole.LINK, exact(CLERK))).hasCount(0);
    look(browser, "50-removed");
  }

  @Test
  @Tag("B7")
  @Tag("B8")
  @Tag("B10")
  @DisplayName("a master user lets a locked user and a blocked one in again, who then pass ④")
  void unlockAndUnblock() {
    fail(LOCKED);
    fail(BLOCKED);
    try (Browser browser = Browser.open(master)) {
      logIn(browser.page());
      letIn(browser, LOCKED, "ロックを解除", "51-locked");
      letIn(browser, BLOCKED, "閉塞を解除", "52-blocked");
    }
  }

  private static void fail(User user) {
    for (int i = 0; i < 6; i++) {
      installation
          .client()
          .submitted("/issue", Map.of("userId", user.userId(), "password", "Wrong#2026"));
    }
  }

  private static void letIn(Browser browser, User user, String button, String screen) {
    Page page = browser.page();
    page.navigate(installation.uri().resolve("users").toString());
    page.getByLabel("検索").fill(user.userId());
    page.getByRole(AriaRole.BUTTON, exact("検索")).click();
    look(browser, screen + "-list");
    page.getByRole(AriaRole.LINK, named("操作")).click();
    look(browser, screen);
    page.getByRole(AriaRole.BUTTON, exact(button)).click();
    assertThat(main(page)).containsText("ロック・閉塞を解除しました");
    assertThat(main(page)).containsText("利用中");
    look(browser, screen + "-no-more");
    try (Browser theirs = Browser.open(Visitor.in(folder.resolve(user.userId())))) {
      theirs.page().navigate(installation.uri().resolve("issue").toString());
      authenticate(theirs.page(), user.userId(), user.password());
      heading(theirs.page(), "電子証明書発行 認証コード入力");
    }
  }

  private static void logIn(Page page) {
    page.navigate(installation.uri().toString());
    page.getByRole(AriaRole.LINK, named("^ログイン")).click();
    page.getByLabel("ユーザーID").fill(MASTER);
    page.locator("#password").fill(PASSWORD);
    page.getByRole(AriaRole.BUTTON, exact("ログイン")).click();
    page.waitForURL("**/home");
  }

  private static void authenticate(Page page, String userId, String password) {
    heading(page, "電子証明書発行 ユーザー認証");
    page.getByLabel("ユーザーID").fill(userId);
    page.locator("#password").fill(password);
    page.getByRole(AriaRole.BUTTON, exact("認証")).click();
  }

  private static Locator main(Page page) {
    return page.locator("main");
  }

  private static void heading(Page page, String words) {
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText(words, new LocatorAssertions.HasTextOptions().setTimeout(30_000));
  }

  private static void look(Browser browser, String screen) {
    browser.record(screen);
    browser.assertAccessible();
  }

  private static Page.GetByRoleOptions named(String pattern) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
  }

  private static Page.GetByRoleOptions exact(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
