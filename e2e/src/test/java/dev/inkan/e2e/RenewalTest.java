package dev.inkan.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.inkan.core.certificate.Der;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 更新 by who is logged in with the certificate; one was issued 345 days ago, the other today. */
class RenewalTest {

  private static final String PASSWORD = "Inkan#2026";
  private static final String ENDING = "koushin1";
  private static final String FRESH = "atarashi1";
  private static final Duration BEHIND = Duration.ofDays(345);

  @TempDir private static Path folder;

  private static Installation installation;
  private static ServerProcess server;
  private static BrowserPolicy policy;
  private static Path ending;
  private static Path fresh;

  @BeforeAll
  static void start() {
    installation =
        Installation.make(
                folder,
                "authority: {subscriber-key: p-256}\nsource-budget: {attempts: 1000}",
                PastClock.launcher(BEHIND))
            .users(line(ENDING), line(FRESH));
    try (ServerProcess past = installation.serve(PastClock.launcher(BEHIND))) {
      ending = issued(ENDING);
      assertThat(past.terminate()).isIn(0, 143);
    }
    server = installation.serve();
    fresh = issued(FRESH);
    policy = BrowserPolicy.install(installation.uri(), installation.root());
  }

  @AfterAll
  static void stop() {
    policy.close();
    server.close();
    installation.close();
  }

  @Test
  @Tag("A3")
  @Tag("A7")
  @Tag("C7")
  @DisplayName("A3, A7, C7: inside the window, from home with the password alone; both log in")
  void renewal() {
    Path renewed;
    try (Browser browser = Browser.open(visitor("ending", ending))) {
      Page page = browser.page();
      logIn(page, ENDING);
      assertThat(main(page)).containsText(lastDay(ending) + "まで有効");
      look(browser, "60-home-renewal");

      page.getByRole(AriaRole.LINK, exact("電子証明書を更新")).click();
      heading(page, "電子証明書の更新");
      look(browser, "61-renew");
      page.getByRole(AriaRole.BUTTON, exact("ソフトウェアキーボード")).click();
      look(browser, "61-renew-keyboard");
      page.locator("#password").fill("Wrong#2026");
      page.getByRole(AriaRole.BUTTON, exact("次へ")).click();
      assertThat(main(page)).containsText("パスワードを確認できませんでした");
      look(browser, "61-renew-wrong");
      page.locator("#password").fill(PASSWORD);
      page.getByRole(AriaRole.BUTTON, exact("次へ")).click();
      assertThat(page.getByRole(AriaRole.BUTTON, exact("発行"))).isVisible();
      renewed =
          browser.download(folder, () -> page.getByRole(AriaRole.BUTTON, exact("発行")).click());
    }

    try (Browser browser = Browser.open(visitor("renewed", renewed))) {
      Page page = browser.page();
      logIn(page, ENDING);
      assertThat(main(page)).containsText(lastDay(renewed) + "まで有効");
      assertThat(page.getByRole(AriaRole.ROW)).containsText(new String[] {"有効期限", "未選択", "使用中"});
      look(browser, "62-home-with-new");
    }
    try (Browser browser = Browser.open(visitor("still", ending))) {
      Page page = browser.page();
      logIn(page, ENDING);
      assertThat(main(page)).containsText("新しい電子証明書が発行されています");
      assertThat(main(page)).containsText(lastDay(renewed) + "まで有効）を選択して");
      assertThat(page.getByRole(AriaRole.LINK, exact("電子証明書を更新"))).hasCount(0);
      look(browser, "63-home-with-old");
      page.navigate(installation.uri().resolve("home/renew").toString());
      heading(page, "更新は済んでいます");
      look(browser, "63-renewed-already");
      page.getByRole(AriaRole.LINK, exact("ご利用中の電子証明書に戻る")).click();
      page.getByRole(AriaRole.BUTTON, exact("メールを英語（English）に変更")).click();
      assertThat(page.getByRole(AriaRole.BUTTON, exact("メールを日本語に変更"))).isVisible();
    }
  }

  @Test
  @Tag("A3")
  @Tag("C7")
  @DisplayName("A3, C7: before the window no button, and refused with the date")
  void tooEarly() {
    try (Browser browser = Browser.open(visitor("fresh", fresh))) {
      Page page = browser.page();
      logIn(page, FRESH);
      assertThat(main(page)).containsText("あと 365 日");
      assertThat(main(page)).containsText("更新は" + day(fresh, 30) + "からできます");
      assertThat(page.getByRole(AriaRole.LINK, exact("電子証明書を更新"))).hasCount(0);
      look(browser, "64-home-early");
      page.navigate(installation.uri().resolve("home/renew").toString());
      heading(page, "まだ更新できません");
      assertThat(main(page)).containsText("更新は" + day(fresh, 30) + "からできます");
      look(browser, "64-too-early");
    }
  }

  private static Visitor visitor(String home, Path file) {
    return Visitor.in(folder.resolve(home)).importing(file, PASSWORD);
  }

  private static void logIn(Page page, String userId) {
    page.navigate(installation.uri().resolve("login").toString());
    heading(page, "ログイン");
    page.getByLabel("ユーザーID").fill(userId);
    page.locator("#password").fill(PASSWORD);
    page.getByRole(AriaRole.BUTTON, exact("ログイン")).click();
    page.waitForURL("**/home");
  }

  private static Path issued(String userId) {
    return installation.issue(userId, PASSWORD, mail(userId), folder);
  }

  private static String lastDay(Path file) {
    return day(file, 0);
  }

  private static String day(Path file, int daysBefore) {
    try {
      Der octets = Der.copyOf(Files.readAllBytes(file));
      return DateTimeFormatter.ofPattern("uuuu年M月d日")
          .format(
              KillEvidence.Received.open("", PASSWORD, new FlowClient.IssuedFile("", octets))
                  .leaf()
                  .getNotAfter()
                  .toInstant()
                  .atZone(ZoneId.of("Asia/Tokyo"))
                  .minusDays(daysBefore));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String line(String userId) {
    return String.join(
        ",", "001", "みほん教職員組合", userId, "general", "見本 " + userId, mail(userId), PASSWORD);
  }

  private static String mail(String userId) {
    return userId + "@union.example";
  }

  private static Locator main(Page page) {
    return page.locator("main");
  }

  private static void heading(Page page, String heading) {
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText(heading, new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
  }

  private static void look(Browser browser, String screen) {
    browser.record(screen);
    browser.assertAccessible();
  }

  private static Page.GetByRoleOptions exact(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
