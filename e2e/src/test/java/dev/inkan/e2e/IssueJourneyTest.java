package dev.inkan.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nine steps in Chromium, by the labels a person reads, and in with the certificate. */
class IssueJourneyTest {

  private static final String PASSWORD = "Inkan#2026";
  private static final String CLERK = "hanako01";
  private static final String CLERK_MAIL = "hanako@union.example";
  private static final String QUIET = "tarou001";
  private static final String QUIET_MAIL = "tarou@union.example";

  @TempDir private static Path folder;

  private static Installation installation;
  private static ServerProcess server;
  private static BrowserPolicy policy;

  @BeforeAll
  static void start() {
    installation =
        Installation.make(folder, "")
            .users(
                "001,みほん教職員組合,hanako01,general,見本 花子," + CLERK_MAIL + "," + PASSWORD,
                "001,みほん教職員組合,tarou001,general,見本 太郎," + QUIET_MAIL + "," + PASSWORD);
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
  @Tag("A10")
  @Tag("A11")
  @Tag("B2")
  @Tag("B3")
  @Tag("B6")
  @Tag("B12")
  @Tag("B14")
  @Tag("B15")
  @Tag("B16")
  @Tag("B18")
  @Tag("C6")
  @Tag("C7")
  @DisplayName("①-⑨ by the visible labels, then in with the imported certificate")
  void wholeJourney() {
    Visitor visitor = Visitor.in(folder.resolve("clerk"));
    Path file;
    try (Browser browser = Browser.open(visitor)) {
      Page page = browser.page();
      openMenu(browser);
      page.getByRole(AriaRole.LINK, name("一般ユーザーの初期登録")).click();
      assertHeading(page, "電子証明書発行 ユーザー認証");
      look(browser, "02-issue");
      page.getByLabel("ユーザーID").fill(CLERK);
      typeOnScreen(browser, PASSWORD);
      page.getByRole(AriaRole.BUTTON, exact("認証")).click();
      assertHeading(page, "電子証明書発行 認証コード入力");
      look(browser, "04-code");
      page.getByLabel("認証コード").fill(installation.mails().await(CLERK_MAIL, 1).code());
      page.getByRole(AriaRole.BUTTON, exact("認証")).click();
      look(browser, "05-confirm");
      file =
          browser.download(
              folder,
              () -> {
                page.getByRole(AriaRole.BUTTON, exact("発行")).click();
                assertHeading(page, "電子証明書発行結果");
              });
      look(browser, "07-result");
      assertThat(page.getByText("発行されました").first()).isVisible();
      assertThat(page.getByText(lastDay() + "まで").first()).isVisible();
    }
    assertThat(file.getFileName().toString()).matches(CLERK + "[0-9]{14}\\.p12");
    logIn(visitor.importing(file, PASSWORD));
  }

  private static void openMenu(Browser browser) {
    browser.page().navigate(installation.uri().toString());
    for (String tile : new String[] {"ログイン", "マスターユーザーの初期登録", "一般ユーザーの初期登録", "電子証明書発行"}) {
      assertThat(browser.page().getByRole(AriaRole.LINK, name(tile)).first()).isVisible();
    }
    look(browser, "01-menu");
  }

  private static void typeOnScreen(Browser browser, String password) {
    Page page = browser.page();
    page.getByRole(AriaRole.BUTTON, exact("ソフトウェアキーボード")).click();
    Locator keyboard = page.locator("#keyboard");
    assertThat(keyboard).isVisible();
    password.chars().forEach(c -> keyboard.locator("button[data-key='" + (char) c + "']").click());
    look(browser, "03-keyboard");
    keyboard.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("閉じる")).click();
  }

  private static void logIn(Visitor visitor) {
    try (Browser browser = Browser.open(visitor)) {
      Page page = browser.page();
      page.navigate(installation.uri().toString());
      assertThat(page.getByText(CLERK).first()).isVisible();
      look(browser, "08-menu-with-certificate");
      page.getByRole(AriaRole.LINK, name("ログイン")).first().click();
      look(browser, "09-login");
      page.getByLabel("ユーザーID").fill(CLERK);
      page.getByLabel("パスワード", new Page.GetByLabelOptions().setExact(false)).first().fill(PASSWORD);
      page.getByRole(AriaRole.BUTTON, exact("ログイン")).click();
      page.waitForURL("**/home");
      assertThat(page.getByText("365日").or(page.getByText("365")).first()).isVisible();
      look(browser, "10-home");
      page.getByRole(AriaRole.BUTTON, exact("ログアウト")).click();
      page.navigate(installation.uri().resolve("home").toString());
      page.waitForURL("**/login");
    }
  }

  @Test
  @Tag("F2")
  @DisplayName("the same with scripts off")
  void withoutScripts() {
    Visitor visitor = Visitor.in(folder.resolve("quiet"));
    Path file;
    try (Browser browser = Browser.withoutScripts(visitor)) {
      Page page = browser.page();
      page.navigate(installation.uri().toString());
      page.getByRole(AriaRole.LINK, name("電子証明書発行")).last().click();
      assertThat(page.locator("#keyboard-opener")).isHidden();
      page.getByLabel("ユーザーID").fill(QUIET);
      page.locator("#password").fill(PASSWORD);
      page.getByRole(AriaRole.BUTTON, exact("認証")).click();
      page.getByLabel("認証コード").fill(installation.mails().await(QUIET_MAIL, 1).code());
      page.getByRole(AriaRole.BUTTON, exact("認証")).click();
      page.getByRole(AriaRole.BUTTON, exact("発行")).click();
      // ⑦ asks again by itself: no click leads to ⑧.
      page.waitForURL("**/issue/result");
      browser.record("11-result-without-scripts");
      file =
          browser.download(
              folder, () -> page.getByRole(AriaRole.LINK, name("電子証明書をダウンロード")).first().click());
      page.getByRole(AriaRole.LINK, name("閉じる")).last().click();
      page.waitForURL("**/issue/closed");
    }
    try (Browser browser = Browser.withoutScripts(visitor.importing(file, PASSWORD))) {
      Page page = browser.page();
      page.navigate(installation.uri().resolve("login").toString());
      page.getByLabel("ユーザーID").fill(QUIET);
      page.locator("#password").fill(PASSWORD);
      page.getByRole(AriaRole.BUTTON, exact("ログイン")).click();
      page.waitForURL("**/home");
    }
  }

  @Test
  @DisplayName("every other screen passes axe and is looked at")
  void otherScreens() {
    try (Browser browser = Browser.open(Visitor.in(folder.resolve("reader")))) {
      for (String path :
          new String[] {"register", "help/import", "issue/closed", "login", "none"}) {
        browser.page().navigate(installation.uri().resolve(path).toString());
        look(browser, "20-" + path.replace('/', '-'));
      }
    }
  }

  private static void look(Browser browser, String screen) {
    browser.record(screen);
    browser.assertAccessible();
  }

  private static void assertHeading(Page page, String heading) {
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText(heading, new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
  }

  private static String lastDay() {
    return DateTimeFormatter.ofPattern("uuuu年M月d日")
        .format(LocalDate.now(ZoneId.of("Asia/Tokyo")).plusDays(365));
  }

  private static Page.GetByRoleOptions name(String name) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(name));
  }

  private static Page.GetByRoleOptions exact(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
