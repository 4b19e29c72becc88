package dev.inkan.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In Chromium, by the visible labels: a user whose password somebody else set. */
@Tag("C5")
class FirstPasswordJourneyTest {

  private static final User CLERK = User.of("hanako01");
  private static final User QUIET = User.of("tarou001");
  private static final String OWN = "Hanako+77";
  private static final String NEXT = "Hanako*88";

  @TempDir private static Path folder;

  private static Installation installation;
  private static ServerProcess server;
  private static BrowserPolicy policy;

  @BeforeAll
  static void start() {
    installation =
        Installation.make(folder, "").usersWithInitialPasswords(CLERK.line(), QUIET.line());
    server = installation.serve();
    policy = BrowserPolicy.install(installation.uri(), installation.root());
  }

  @AfterAll
  static void stop() {
    policy.close();
    server.close();
    installation.close();
  }

  @Test
  @Tag("B6")
  @Tag("A10")
  @DisplayName("C5: initial password, code, a password of one's own, certificate, log-in, change")
  void wholeJourney() {
    Visitor visitor = Visitor.in(folder.resolve("clerk"));
    Path file;
    try (Browser browser = Browser.open(visitor)) {
      Page page = browser.page();
      page.navigate(installation.uri().toString());
      page.getByRole(AriaRole.LINK, name("一般ユーザーの初期登録")).click();
      authenticate(page, CLERK);
      assertHeading(page, "電子証明書発行 パスワードの変更");
      look(browser, "30-choose-password");
      press(page, "変更して次へ");
      assertThat(page.locator("#problems")).isFocused();
      look(browser, "31-choose-password-missing");
      typeBothOnScreen(browser);
      press(page, "変更して次へ");
      page.waitForURL("**/issue/confirm");
      file =
          browser.download(
              folder,
              () -> {
                press(page, "発行");
                assertHeading(page, "電子証明書発行結果");
              });
    }
    try (Browser browser = Browser.open(visitor.importing(file, OWN))) {
      logIn(browser.page(), CLERK.userId(), OWN);
      changeByWish(browser);
      press(browser.page(), "ログアウト");
      logIn(browser.page(), CLERK.userId(), NEXT);
    }
  }

  private static void authenticate(Page page, User user) {
    page.getByLabel("ユーザーID").fill(user.userId());
    page.locator("#password").fill(user.password());
    press(page, "認証");
    page.getByLabel("認証コード").fill(installation.mails().await(user.mail(), 1).code());
    press(page, "認証");
  }

  private static void typeBothOnScreen(Browser browser) {
    Page page = browser.page();
    press(page, "ソフトウェアキーボード");
    Locator keyboard = page.locator("#keyboard");
    Locator again = keyboard.getByRole(AriaRole.BUTTON, key("新しいパスワード（確認）"));
    type(keyboard, OWN);
    assertThat(again).hasAttribute("aria-pressed", "false");
    again.click();
    assertThat(again).hasAttribute("aria-pressed", "true");
    assertThat(page.locator("#keyboard-count")).hasText("入力した文字数：0");
    type(keyboard, OWN + "x");
    keyboard.getByRole(AriaRole.BUTTON, key("1文字消す")).click();
    look(browser, "32-choose-password-keyboard");
    assertThat(page.locator("#keyboard-count")).hasText("入力した文字数：" + OWN.length());
    assertThat(page.locator("#password")).hasValue(OWN);
    assertThat(page.locator("#passwordConfirm")).hasValue(OWN);
    page.locator("#password").focus();
    assertThat(again).hasAttribute("aria-pressed", "false");
    keyboard.getByRole(AriaRole.BUTTON, key("閉じる")).click();
    assertThat(keyboard).isHidden();
  }

  private static void type(Locator keyboard, String password) {
    password.chars().forEach(c -> keyboard.locator("button[data-key='" + (char) c + "']").click());
  }

  private static void changeByWish(Browser browser) {
    Page page = browser.page();
    look(browser, "33-home");
    page.getByRole(AriaRole.LINK, name("パスワードの変更")).click();
    assertHeading(page, "パスワードの変更");
    look(browser, "34-change-password");
    page.getByLabel("現在のパスワード").first().fill(OWN);
    page.locator("#password").fill(NEXT);
    page.getByLabel("新しいパスワード（確認）").first().fill(NEXT);
    press(page, "変更");
    assertHeading(page, "パスワードを変更しました");
    look(browser, "35-password-changed");
    page.getByRole(AriaRole.LINK, name("ご利用中の電子証明書に戻る")).click();
    page.waitForURL("**/home");
  }

  private static void logIn(Page page, String userId, String password) {
    page.navigate(installation.uri().resolve("login").toString());
    page.getByLabel("ユーザーID").fill(userId);
    page.locator("#password").fill(password);
    press(page, "ログイン");
    page.waitForURL("**/home");
  }

  @Test
  @Tag("F2")
  @DisplayName("C5, F2: the same with scripts off")
  void withoutScripts() {
    Visitor visitor = Visitor.in(folder.resolve("quiet"));
    Path file;
    try (Browser browser = Browser.withoutScripts(visitor)) {
      Page page = browser.page();
      page.navigate(installation.uri().resolve("issue").toString());
      authenticate(page, QUIET);
      assertHeading(page, "電子証明書発行 パスワードの変更");
      assertThat(page.locator("#keyboard-opener")).isHidden();
      page.locator("#password").fill(QUIET.password());
      page.locator("#passwordConfirm").fill(QUIET.password());
      press(page, "変更して次へ");
      assertThat(page.locator("#problems")).containsText("これまでのパスワードと同じです");
      page.locator("#password").fill(OWN);
      page.locator("#passwordConfirm").fill(OWN);
      press(page, "変更して次へ");
      press(page, "発行");
      page.waitForURL("**/issue/result");
      file =
          browser.download(
              folder, () -> page.getByRole(AriaRole.LINK, name("電子証明書をダウンロード")).first().click());
    }
    assertThat(file.getFileName().toString()).startsWith(QUIET.userId());
    try (Browser browser = Browser.withoutScripts(visitor.importing(file, OWN))) {
      logIn(browser.page(), QUIET.userId(), OWN);
    }
  }

  private static void look(Browser browser, String screen) {
    browser.record(screen);
    browser.assertAccessible();
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  private static void assertHeading(Page page, String heading) {
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText(heading, new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
  }

  private static Page.GetByRoleOptions name(String name) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(name));
  }

  private static Locator.GetByRoleOptions key(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
