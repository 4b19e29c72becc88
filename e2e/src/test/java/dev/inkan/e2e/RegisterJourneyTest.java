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

/** From the letter to the first log-in of a master user, in Chromium, by the visible labels. */
@Tag("C2")
class RegisterJourneyTest {

  private static final String PASSWORD = "Inkan#2026";

  @TempDir private static Path folder;

  private static Installation installation;
  private static Letter letter;
  private static Letter quietLetter;
  private static ServerProcess server;
  private static BrowserPolicy policy;

  @BeforeAll
  static void start() {
    installation = Installation.make(folder, "");
    server = installation.serve();
    BankClerk clerk = BankClerk.at(installation);
    letter = clerk.registers("001", "みほん教職員組合");
    quietLetter = clerk.registers("002", "見本労働組合");
    policy = BrowserPolicy.install(installation.uri(), installation.root());
  }

  @AfterAll
  static void stop() {
    policy.close();
    server.close();
    installation.close();
  }

  @Test
  @Tag("C1")
  @DisplayName("C2: menu, letter, details, code, certificate, and in with the file")
  void wholeJourney() {
    Visitor visitor = Visitor.in(folder.resolve("master"));
    String mail = "ichirou@union.example";
    Path file;
    try (Browser browser = Browser.open(visitor)) {
      Page page = browser.page();
      page.navigate(installation.uri().toString());
      page.getByRole(AriaRole.LINK, name("マスターユーザーの初期登録")).click();
      assertHeading(page, "マスターユーザー初期登録 ログイン");
      look(browser, "30-register");
      page.getByLabel("ログインID").fill(letter.loginId());
      typeOnScreen(browser, letter.initialPassword());
      look(browser, "31-register-keyboard");
      press(page, "ログイン");
      details(browser, mail);
      assertThat(page.getByText(mail).first()).isVisible();
      look(browser, "34-register-code");
      page.getByLabel("認証コード").fill("000000");
      press(page, "認証");
      assertThat(page.getByText("あと4回").first()).isVisible();
      page.getByLabel("認証コード").fill(installation.mails().awaitCode(mail, 1));
      press(page, "認証");
      assertHeading(page, "登録完了");
      look(browser, "35-register-done");
      page.getByRole(AriaRole.LINK, exact("電子証明書の発行へ進む")).click();
      look(browser, "36-register-confirm");
      file =
          browser.download(
              folder,
              () -> {
                press(page, "発行");
                assertHeading(page, "電子証明書発行結果");
              });
    }
    assertThat(file.getFileName().toString()).matches("ichirou1[0-9]{14}\\.p12");
    logIn(visitor.importing(file, PASSWORD), "ichirou1");
    assertThat(installation.mails().to(mail))
        .extracting(MailServer.Mail::text)
        .noneMatch(text -> text.contains(PASSWORD))
        .noneMatch(text -> text.contains(letter.initialPassword()));
    usedUp();
  }

  private static void details(Browser browser, String mail) {
    Page page = browser.page();
    assertHeading(page, "登録内容の入力");
    assertThat(page.getByText("みほん教職員組合").first()).isVisible();
    look(browser, "32-register-details");
    press(page, "認証コードを送信");
    assertThat(page.locator("#problems")).isFocused();
    look(browser, "33-register-details-missing");
    page.getByLabel("ユーザーID").fill("ichirou1");
    page.locator("#password").fill(PASSWORD);
    page.locator("#passwordConfirm").fill(PASSWORD);
    page.getByLabel("氏名").fill("見本 一郎");
    page.getByLabel("メールアドレス").fill(mail);
    press(page, "認証コードを送信");
    assertHeading(page, "認証コード入力");
  }

  private static void typeOnScreen(Browser browser, String password) {
    Page page = browser.page();
    press(page, "ソフトウェアキーボード");
    Locator keyboard = page.locator("#keyboard");
    assertThat(keyboard).isVisible();
    password.chars().forEach(c -> keyboard.locator("button[data-key='" + (char) c + "']").click());
    keyboard.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("閉じる")).click();
  }

  private static void usedUp() {
    try (Browser browser = Browser.open(Visitor.in(folder.resolve("second")))) {
      Page page = browser.page();
      page.navigate(installation.uri().resolve("register").toString());
      page.getByLabel("ログインID").fill(letter.loginId());
      page.locator("#initialPassword").fill(letter.initialPassword());
      press(page, "ログイン");
      assertHeading(page, "この初期パスワードは使用済みです");
      look(browser, "37-register-used");
    }
  }

  @Test
  @Tag("F2")
  @DisplayName("C2: the same with scripts off")
  void withoutScripts() {
    Visitor visitor = Visitor.in(folder.resolve("quiet"));
    String mail = "jirou@union.example";
    Path file;
    try (Browser browser = Browser.withoutScripts(visitor)) {
      Page page = browser.page();
      page.navigate(installation.uri().toString());
      page.getByRole(AriaRole.LINK, name("マスターユーザーの初期登録")).click();
      assertThat(page.locator("#keyboard-opener")).isHidden();
      page.getByLabel("ログインID").fill(quietLetter.loginId());
      page.locator("#initialPassword").fill(quietLetter.initialPassword());
      press(page, "ログイン");
      page.getByLabel("ユーザーID").fill("jirou001");
      page.locator("#password").fill(PASSWORD);
      page.locator("#passwordConfirm").fill(PASSWORD);
      page.getByLabel("氏名").fill("見本 次郎");
      page.getByLabel("メールアドレス").fill(mail);
      press(page, "認証コードを送信");
      page.getByLabel("認証コード").fill(installation.mails().awaitCode(mail, 1));
      press(page, "認証");
      page.getByRole(AriaRole.LINK, exact("電子証明書の発行へ進む")).click();
      press(page, "発行");
      page.waitForURL("**/issue/result");
      file =
          browser.download(
              folder, () -> page.getByRole(AriaRole.LINK, name("電子証明書をダウンロード")).first().click());
    }
    logIn(visitor.importing(file, PASSWORD), "jirou001");
  }

  private static void logIn(Visitor visitor, String userId) {
    try (Browser browser = Browser.open(visitor)) {
      Page page = browser.page();
      page.navigate(installation.uri().resolve("login").toString());
      page.getByLabel("ユーザーID").fill(userId);
      page.locator("#password").fill(PASSWORD);
      press(page, "ログイン");
      page.waitForURL("**/home");
    }
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, exact(button)).click();
  }

  private static void look(Browser browser, String screen) {
    browser.record(screen);
    browser.assertAccessible();
  }

  private static void assertHeading(Page page, String heading) {
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText(heading, new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
  }

  private static Page.GetByRoleOptions name(String name) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(name));
  }

  private static Page.GetByRoleOptions exact(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
