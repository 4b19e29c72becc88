package dev.inkan.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Impatience at ⑥ and ⑦ makes one certificate and one file, however it is shown. */
@Tag("A8")
@Tag("B14")
@Tag("B15")
class DoubleClickTest {

  private static final User CLICKER = User.of("nido0001");
  private static final User SCRIPTLESS = User.of("nido0002");
  private static final User RELOADER = User.of("nido0003");
  private static final User TABBER = User.of("nido0004");

  @TempDir private static Path folder;

  private static final List<User> ISSUED = new ArrayList<>();
  private static Installation installation;
  private static ServerProcess server;
  private static BrowserPolicy policy;

  @BeforeAll
  static void start() {
    // The key is made when it is asked for, so that ⑦ lasts long enough to be reloaded.
    installation =
        Installation.make(folder, "authority: {key-pool-size: 0}\nsource-budget: {attempts: 1000}")
            .users(CLICKER.line(), SCRIPTLESS.line(), RELOADER.line(), TABBER.line());
    server = installation.serve();
    policy = BrowserPolicy.install(installation.uri(), installation.root());
  }

  /** What the browsers were shown is held against the ledger of the stopped server. */
  @AfterAll
  static void oneCertificateEach() {
    policy.close();
    server.kill();
    Map<String, Long> certificates =
        installation.ledger().rows().stream()
            .collect(Collectors.groupingBy(LedgerCopy.Row::userId, Collectors.counting()));
    installation.close();
    assertThat(ISSUED).isNotEmpty();
    ISSUED.forEach(user -> assertThat(certificates).containsEntry(user.userId(), 1L));
  }

  @Test
  @DisplayName("double click on ［発行］")
  void doubleClick() {
    try (Browser browser = Browser.open(Visitor.in(folder.resolve("clicker")))) {
      Page page = browser.page();
      walkToConfirmation(page, CLICKER);
      Path file = browser.download(folder, () -> issueButton(page).dblclick());
      assertThat(file.getFileName()).hasToString(shownName(page));
    }
  }

  @Test
  @DisplayName("double click on ［発行］ with scripts off")
  void doubleClickWithoutScripts() {
    try (Browser browser = Browser.withoutScripts(Visitor.in(folder.resolve("scriptless")))) {
      Page page = browser.page();
      walkToConfirmation(page, SCRIPTLESS);
      issueButton(page).dblclick();
      String name = shownName(page);
      assertThat(browser.download(folder, () -> downloadLink(page).click()).getFileName())
          .hasToString(name);
    }
  }

  @Test
  @DisplayName("reload at ⑥, ⑦ and ⑧, and the way back to ⑥")
  void reload() {
    try (Browser browser = Browser.withoutScripts(Visitor.in(folder.resolve("reloader")))) {
      Page page = browser.page();
      walkToConfirmation(page, RELOADER);
      reload(page);
      issueButton(page).click();
      reload(page);
      reload(page);
      String name = shownName(page);
      reload(page);
      assertThat(shownName(page)).isEqualTo(name);
      page.navigate(installation.uri().resolve("issue/confirm").toString());
      page.waitForURL("**/issue/result");
      assertThat(shownName(page)).isEqualTo(name);
    }
  }

  /** ⑦ refreshes by itself; a reload in that very moment finds no page, and is pressed again. */
  private static void reload(Page page) {
    Awaitility.await("reload")
        .ignoreException(PlaywrightException.class)
        .until(() -> page.reload() != null);
  }

  @Test
  @DisplayName("⑥ in two tabs")
  void secondTab() {
    try (Browser browser = Browser.withoutScripts(Visitor.in(folder.resolve("tabber")))) {
      Page first = browser.page();
      walkToConfirmation(first, TABBER);
      Page second = browser.newTab();
      second.navigate(first.url());
      issueButton(first).click();
      issueButton(second).click();
      assertThat(shownName(second)).isEqualTo(shownName(first));
    }
  }

  private static void walkToConfirmation(Page page, User user) {
    ISSUED.add(user);
    page.navigate(installation.uri().resolve("issue").toString());
    page.getByLabel("ユーザーID").fill(user.userId());
    page.locator("#password").fill(user.password());
    button(page, "認証").click();
    page.getByLabel("認証コード").fill(installation.mails().awaitCode(user.mail(), 1));
    button(page, "認証").click();
    page.waitForURL("**/issue/confirm");
  }

  private static Locator issueButton(Page page) {
    return button(page, "発行");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator downloadLink(Page page) {
    return page.locator("#download");
  }

  /** ⑧'s file name, once ⑧ is there. */
  private static String shownName(Page page) {
    page.waitForURL("**/issue/result");
    assertThat(page.getByText("発行されました").first()).isVisible();
    return page.locator(".file-name").innerText().strip();
  }
}
