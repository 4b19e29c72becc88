package dev.inkan.e2e;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Chromium, driven by Playwright, that does the TLS itself with the visitor's certificate.
 * Needs a {@link BrowserPolicy} in force. For one thread.
 */
final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SCREENS = Path.of("target", "screens");
  private static final Path PAGES = Path.of("target", "pages");

  /** Root needs no sandbox; nothing but the server under test is reached. */
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-client-side-phishing-detection",
          "--disable-component-update",
          "--disable-default-apps",
          "--disable-domain-reliability",
          "--disable-sync",
          "--no-first-run",
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");

  /** One driver for all browsers of a thread; it ends with this process. */
  private static final ThreadLocal<Playwright> DRIVER =
      ThreadLocal.withInitial(
          () ->
              Playwright.create(
                  new Playwright.CreateOptions()
                      .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));

  private final com.microsoft.playwright.Browser chromium;
  private final BrowserContext context;
  private final Page page;
  private final boolean scripts;

  /** The main frame's latest document; changes as the visitor goes on. */
  private @Nullable Response document;

  private Browser(Visitor visitor, boolean scripts, Map<String, String> environment) {
    this.scripts = scripts;
    chromium = DRIVER.get().chromium().launch(options(visitor, environment));
    context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale("ja-JP")
                .setTimezoneId("Asia/Tokyo")
                .setViewportSize(1_280, 900)
                .setJavaScriptEnabled(scripts)
                .setAcceptDownloads(true));
    page = context.newPage();
    page.onResponse(this::remember);
  }

  /** Opens the visitor's browser. */
  static Browser open(Visitor visitor) {
    return open(visitor, true, Map.of());
  }

  /**
   * Opens the visitor's browser on a PC whose clock is behind. By the right clock Chromium would
   * not even offer an expired certificate; other browsers do.
   */
  static Browser behind(Visitor visitor, Duration behind) {
    return open(visitor, true, PastClock.environment(behind));
  }

  /** Opens the visitor's browser with scripts off. */
  static Browser withoutScripts(Visitor visitor) {
    return open(visitor, false, Map.of());
  }

  private static Browser open(Visitor visitor, boolean scripts, Map<String, String> clock) {
    if (!Files.isExecutable(CHROMIUM)) {
      throw new AssertionError(CHROMIUM + " is missing: apt-get install chromium");
    }
    return new Browser(visitor, scripts, clock);
  }

  private static BrowserType.LaunchOptions options(Visitor visitor, Map<String, String> clock) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(clock);
    environment.put("HOME", visitor.home().toAbsolutePath().toString());
    environment.remove("XDG_CONFIG_HOME");
    return new BrowserType.LaunchOptions()
        .setExecutablePath(CHROMIUM)
        .setArgs(ARGUMENTS)
        .setEnv(environment)
        .setHeadless(true);
  }

  Page page() {
    return page;
  }

  /** Another tab of the same browser session. */
  Page newTab() {
    return context.newPage();
  }

  /** Does what starts a download, waits for its end, and saves it under its suggested name. */
  Path download(Path folder, Runnable action) {
    Download download = page.waitForDownload(action);
    Path file = folder.resolve(download.suggestedFilename());
    download.saveAs(file);
    return file;
  }

  /** Saves a picture of the whole page as {@code target/screens/NAME.png}, and its HTML. */
  void record(String name) {
    try {
      Files.createDirectories(SCREENS);
      Files.createDirectories(PAGES);
      page.screenshot(
          new Page.ScreenshotOptions().setPath(SCREENS.resolve(name + ".png")).setFullPage(true));
      Files.writeString(PAGES.resolve(name + ".html"), html());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page as the server sent it, for the validator: what the browser made of it is its own. */
  private String html() {
    @Nullable Response sent = document;
    if (sent == null) {
      return page.content();
    }
    try {
      return sent.text();
    } catch (PlaywrightException e) {
      // A download has begun since, and the browser let go of the document: ask for it once more.
      return context
          .request()
          .get(page.url(), RequestOptions.create().setIgnoreHTTPSErrors(true))
          .text();
    }
  }

  private void remember(Response response) {
    if (response.request().isNavigationRequest() && response.frame().equals(page.mainFrame())) {
      document = response;
    }
  }

  /** Fails with the rule and the elements if axe finds a violation. Needs scripts. */
  void assertAccessible() {
    if (!scripts) {
      throw new IllegalStateException("axe is a script: scan the page in a browser with scripts");
    }
    var found = new AxeBuilder(page).setLegacyMode(true).analyze();
    if (found.isErrored()) {
      throw new AssertionError("axe could not scan " + page.url() + ": " + found.getErrorMessage());
    }
    if (!found.violationFree()) {
      throw new AssertionError(
          "axe on " + page.url() + ":\n" + String.join("\n", describe(found.getViolations())));
    }
  }

  private static List<String> describe(List<Rule> violations) {
    return violations.stream()
        .map(rule -> rule.getId() + ": " + rule.getHelp() + " " + targets(rule))
        .toList();
  }

  private static List<String> targets(Rule rule) {
    return rule.getNodes().stream().map(node -> String.valueOf(node.getHtml())).toList();
  }

  @Override
  public void close() {
    context.close();
    chromium.close();
  }
}
