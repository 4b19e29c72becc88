package dev.inkan.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
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
    new IssueJourney(installation, folder, true).walk(CLERK, CLERK_MAIL, PASSWORD);
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

  private static Page.GetByRoleOptions name(String name) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(name));
  }

  private static Page.GetByRoleOptions exact(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
