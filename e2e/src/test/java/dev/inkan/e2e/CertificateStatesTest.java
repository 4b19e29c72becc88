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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever shows a certificate that does not count reaches ③, is told so, and knows what to do. */
class CertificateStatesTest {

  private static final String PASSWORD = "Inkan#2026";
  private static final String EXPIRED = "kigen001";
  private static final String REVOKED = "shikko01";
  private static final String FOREIGN = "betsu001";
  private static final String HOLDER = "genzai01";
  private static final Duration BEHIND = Duration.ofDays(380);
  private static final Duration LATELY = Duration.ofDays(25);

  @TempDir private static Path folder;

  private static Installation installation;
  private static ServerProcess server;
  private static BrowserPolicy policy;
  private static Path expired;
  private static Path revoked;
  private static Path foreign;
  private static Path valid;

  @BeforeAll
  static void start() throws Exception {
    installation =
        Installation.make(
                folder,
                "authority: {subscriber-key: p-256}\nsource-budget: {attempts: 1000}",
                PastClock.launcher(BEHIND))
            .users(line(EXPIRED), line(REVOKED), line(FOREIGN), line(HOLDER));
    try (ServerProcess past = installation.serve(PastClock.launcher(BEHIND))) {
      expired = issued(EXPIRED);
      assertThat(past.terminate()).isIn(0, 143);
    }
    // It also renews the web certificate, for browsers of then and of now.
    try (ServerProcess lately = installation.serve(PastClock.launcher(LATELY))) {
      revoked = issued(REVOKED);
      valid = issued(HOLDER);
      assertThat(lately.terminate()).isIn(0, 143);
    }
    try (StoppedLedger ledger = StoppedLedger.open(installation)) {
      ledger.revoke(leaf(revoked));
    }
    foreign =
        new ThrowawayPki(installation.issuing().getSubjectX500Principal())
            .subscriber(folder.resolve("foreign.p12"), FOREIGN);
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
  @Tag("A2")
  @Tag("A5")
  @Tag("B1")
  @Tag("C6")
  @DisplayName("an expired certificate: told at ③, refused at log-in, issued anew without the bank")
  void expiredCertificate() {
    Visitor visitor = Visitor.in(folder.resolve("expired")).importing(expired, PASSWORD);
    Path fresh;
    try (Browser browser = Browser.behind(visitor, Duration.ofDays(20))) {
      told(browser, "30-expired", "電子証明書の有効期限が切れています", lastDay(expired), EXPIRED);
      refused(browser, "30-expired", "電子証明書の有効期限が切れています", lastDay(expired));
      fresh = issueAnew(browser, EXPIRED);
    }
    logsIn(Visitor.in(folder.resolve("renewed")).importing(fresh, PASSWORD), EXPIRED);
  }

  @Test
  @Tag("A6")
  @Tag("B1")
  @Tag("C6")
  @DisplayName("a revoked certificate: told at ③, refused at log-in, issued anew on the new PC")
  void revokedCertificate() {
    Visitor visitor = Visitor.in(folder.resolve("revoked")).importing(revoked, PASSWORD);
    Path fresh;
    try (Browser browser = Browser.open(visitor)) {
      told(browser, "31-revoked", "電子証明書は失効しています", "失効の手続き", REVOKED);
      refused(browser, "31-revoked", "電子証明書は失効しています", "新しい電子証明書");
      fresh = issueAnew(browser, REVOKED);
    }
    logsIn(Visitor.in(folder.resolve("new-pc")).importing(fresh, PASSWORD), REVOKED);
  }

  @Test
  @Tag("B1")
  @Tag("C6")
  @Tag("S7")
  @DisplayName("a certificate of a CA that has our CA's very name: told at ③, refused at log-in")
  void foreignCertificate() {
    Visitor visitor =
        Visitor.in(folder.resolve("foreign")).importing(foreign, ThrowawayPki.PASSWORD);
    try (Browser browser = Browser.open(visitor)) {
      told(browser, "32-foreign", "このサービスの電子証明書ではありません", "発行したものではない", "電子証明書発行");
      refused(browser, "32-foreign", "このサービスの電子証明書ではありません", "閉じ");
      browser.page().navigate(installation.uri().resolve("issue").toString());
      heading(browser.page(), "電子証明書発行 ユーザー認証");
    }
  }

  @Test
  @Tag("B11")
  @Tag("C6")
  @DisplayName("a valid certificate: its holder is refused at ④ with the date, nobody else logs in")
  void holderOfAValidCertificate() {
    Visitor visitor = Visitor.in(folder.resolve("holder")).importing(valid, PASSWORD);
    try (Browser browser = Browser.open(visitor)) {
      Page page = browser.page();
      authenticate(page, HOLDER);
      heading(page, "電子証明書は発行済みです");
      assertThat(main(page)).containsText(lastDay(valid) + "まで有効です");
      assertThat(main(page)).containsText("更新は" + day(valid, 30) + "からできます");
      assertThat(main(page)).containsText("失効");
      look(browser, "33-valid-refused");
      logIn(page, REVOKED);
      heading(page, "電子証明書とユーザーIDが一致しません");
      look(browser, "33-somebody-elses");
    }
    try (Browser browser = Browser.open(Visitor.in(folder.resolve("nobody")))) {
      browser.page().navigate(installation.uri().resolve("login").toString());
      heading(browser.page(), "電子証明書が選択されていません");
      look(browser, "34-none-refused");
    }
  }

  private static void told(Browser browser, String screen, String title, String... words) {
    Page page = browser.page();
    page.navigate(installation.uri().toString());
    Locator notice = page.getByRole(AriaRole.ALERT);
    assertThat(notice).containsText(title);
    assertThat(notice).containsText("次にすること");
    for (String word : words) {
      assertThat(notice).containsText(word);
    }
    assertThat(page.getByRole(AriaRole.LINK, named("^ログイン"))).isVisible();
    look(browser, screen + "-menu");
  }

  private static void refused(Browser browser, String screen, String title, String words) {
    Page page = browser.page();
    page.getByRole(AriaRole.LINK, named("^ログイン")).click();
    heading(page, title);
    assertThat(main(page)).containsText("次にすること");
    assertThat(main(page)).containsText(words);
    look(browser, screen + "-refused");
    page.navigate(installation.uri().resolve("home").toString());
    page.waitForURL("**/login");
  }

  private static Path issueAnew(Browser browser, String userId) {
    Page page = browser.page();
    authenticate(page, userId);
    heading(page, "電子証明書発行 認証コード入力");
    page.getByLabel("認証コード").fill(installation.mails().awaitCode(mail(userId), 2));
    page.getByRole(AriaRole.BUTTON, exact("認証")).click();
    return browser.download(folder, () -> page.getByRole(AriaRole.BUTTON, exact("発行")).click());
  }

  private static void authenticate(Page page, String userId) {
    page.navigate(installation.uri().toString());
    page.getByRole(AriaRole.LINK, named("^電子証明書発行")).last().click();
    heading(page, "電子証明書発行 ユーザー認証");
    page.getByLabel("ユーザーID").fill(userId);
    page.locator("#password").fill(PASSWORD);
    page.getByRole(AriaRole.BUTTON, exact("認証")).click();
  }

  private static void logIn(Page page, String userId) {
    page.navigate(installation.uri().resolve("login").toString());
    heading(page, "ログイン");
    page.getByLabel("ユーザーID").fill(userId);
    page.locator("#password").fill(PASSWORD);
    page.getByRole(AriaRole.BUTTON, exact("ログイン")).click();
  }

  private static void logsIn(Visitor visitor, String userId) {
    try (Browser browser = Browser.open(visitor)) {
      logIn(browser.page(), userId);
      browser.page().waitForURL("**/home");
    }
  }

  private static Path issued(String userId) {
    return installation.issue(userId, PASSWORD, mail(userId), folder);
  }

  private static X509Certificate leaf(Path file) throws Exception {
    Der octets = Der.copyOf(Files.readAllBytes(file));
    return KillEvidence.Received.open("", PASSWORD, new FlowClient.IssuedFile("", octets)).leaf();
  }

  private static String lastDay(Path file) {
    return day(file, 0);
  }

  private static String day(Path file, int daysBefore) {
    try {
      return DateTimeFormatter.ofPattern("uuuu年M月d日")
          .format(
              leaf(file)
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

  private static Page.GetByRoleOptions named(String pattern) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
  }

  private static Page.GetByRoleOptions exact(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
