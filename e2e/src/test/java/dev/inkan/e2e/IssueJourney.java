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

/**
 * ①-⑨ in Chromium by the visible labels, then in with the imported certificate.
 *
 * @param folder for the visitors' homes and files
 * @param looks whether each screen is recorded and scanned
 */
record IssueJourney(Installation installation, Path folder, boolean looks) {

  /** A user without certificate walks all of it. */
  void walk(String userId, String mail, String password) {
    Visitor visitor = Visitor.in(folder.resolve(userId));
    Path file;
    try (Browser browser = Browser.open(visitor)) {
      Page page = browser.page();
      openMenu(browser);
      page.getByRole(AriaRole.LINK, name("一般ユーザーの初期登録")).click();
      assertHeading(page, "電子証明書発行 ユーザー認証");
      look(browser, "02-issue");
      page.getByLabel("ユーザーID").fill(userId);
      typeOnScreen(browser, password);
      page.getByRole(AriaRole.BUTTON, exact("認証")).click();
      assertHeading(page, "電子証明書発行 認証コード入力");
      look(browser, "04-code");
      page.getByLabel("認証コード").fill(installation.mails().await(mail, 1).code());
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
    assertThat(file.getFileName().toString()).matches(userId + "[0-9]{14}\\.p12");
    logIn(visitor.importing(file, password), userId, password);
  }

  private void openMenu(Browser browser) {
    browser.page().navigate(installation.uri().toString());
    for (String tile : new String[] {"ログイン", "マスターユーザーの初期登録", "一般ユーザーの初期登録", "電子証明書発行"}) {
      assertThat(browser.page().getByRole(AriaRole.LINK, name(tile)).first()).isVisible();
    }
    look(browser, "01-menu");
  }

  private void typeOnScreen(Browser browser, String password) {
    Page page = browser.page();
    page.getByRole(AriaRole.BUTTON, exact("ソフトウェアキーボード")).click();
    Locator keyboard = page.locator("#keyboard");
    assertThat(keyboard).isVisible();
    password.chars().forEach(c -> keyboard.locator("button[data-key='" + (char) c + "']").click());
    look(browser, "03-keyboard");
    keyboard.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("閉じる")).click();
  }

  private void logIn(Visitor visitor, String userId, String password) {
    try (Browser browser = Browser.open(visitor)) {
      Page page = browser.page();
      page.navigate(installation.uri().toString());
      assertThat(page.getByText(userId).first()).isVisible();
      look(browser, "08-menu-with-certificate");
      page.getByRole(AriaRole.LINK, name("ログイン")).first().click();
      look(browser, "09-login");
      page.getByLabel("ユーザーID").fill(userId);
      page.getByLabel("パスワード", new Page.GetByLabelOptions().setExact(false)).first().fill(password);
      page.getByRole(AriaRole.BUTTON, exact("ログイン")).click();
      page.waitForURL("**/home");
      assertThat(page.getByText("365日").or(page.getByText("365")).first()).isVisible();
      look(browser, "10-home");
      page.getByRole(AriaRole.BUTTON, exact("ログアウト")).click();
      page.navigate(installation.uri().resolve("home").toString());
      page.waitForURL("**/login");
    }
  }

  private void look(Browser browser, String screen) {
    if (looks) {
      browser.record(screen);
      browser.assertAccessible();
    }
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
