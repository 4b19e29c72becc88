package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every screen in every state, also those that no journey passes slowly enough: the sample pages
 * that {@code PagesTest} of ca-server renders, in Chromium, with the real style sheet; and what
 * gateways show to whom they refuse.
 */
@Tag("F2")
@DisplayName("Every sample screen passes axe and fits a narrow window")
class SampleScreensTest {

  private static final Path PAGES = Path.of("..", "ca-server", "target", "pages");
  private static final Path REFUSALS = Path.of("..", "config", "gateway", "pages");
  private static final Path ASSETS = Path.of("..", "ca-server", "src", "main", "resources", "web");
  private static final String SITE = "https://sample.example/";
  private static final int NARROW = 320;

  @TempDir private static Path folder;

  private static Browser browser;

  static List<String> screens() throws IOException {
    assertThat(PAGES).as("made by the tests of ca-server: mvn verify -pl ca-server -am").exists();
    try (Stream<Path> pages = Files.list(PAGES);
        Stream<Path> refusals = Files.list(REFUSALS)) {
      return Stream.concat(
              pages.map(page -> page.getFileName().toString()).sorted(),
              refusals.map(page -> "gateway/" + page.getFileName()).sorted())
          .toList();
    }
  }

  @BeforeAll
  static void open() {
    browser = Browser.open(Visitor.in(folder.resolve("home")));
    browser.page().route(SITE + "**", SampleScreensTest::answer);
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  /** From the folders; the script is left out, because it would go on from ⑦ and ⑧. */
  private static void answer(Route route) {
    String path = URI.create(route.request().url()).getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    Path file = folderOf(path).resolve(name);
    if (name.endsWith(".js") || !Files.exists(file)) {
      route.abort();
    } else {
      route.fulfill(new Route.FulfillOptions().setPath(file));
    }
  }

  private static Path folderOf(String path) {
    if (path.startsWith("/gateway/")) {
      return REFUSALS;
    }
    return path.startsWith("/assets/") ? ASSETS : PAGES;
  }

  @ParameterizedTest
  @MethodSource("screens")
  void passesAxeAndFits(String screen) {
    browser.page().setViewportSize(1_280, 900);
    browser.page().navigate(SITE + screen);
    browser.assertAccessible();

    browser.page().setViewportSize(NARROW, 900);
    Object width = browser.page().evaluate("document.documentElement.scrollWidth");
    assertThat(width).as("no sideways scroll at %d px", NARROW).isEqualTo(NARROW);
  }
}
