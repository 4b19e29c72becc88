package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sample pages that {@code PagesTest} of ca-server renders, with the real style sheet, and what
 * gateways show to whom they refuse: as a site that a browser can visit without any server.
 */
final class SampleSite {

  private static final Path PAGES = Path.of("..", "ca-server", "target", "pages");
  private static final Path REFUSALS = Path.of("..", "config", "gateway", "pages");
  private static final Path ASSETS = Path.of("..", "ca-server", "src", "main", "resources", "web");
  private static final String SITE = "https://sample.example/";

  private SampleSite() {}

  /** Every screen, in the order of names. */
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

  /** The page that {@code screen} is made of, as the server would send it. */
  static String html(String screen) throws IOException {
    return Files.readString(PAGES.resolve(screen));
  }

  /** Answers all that {@code page} asks this site for. */
  static void serve(Page page) {
    page.route(SITE + "**", SampleSite::answer);
  }

  /** Goes to one screen. */
  static void visit(Page page, String screen) {
    page.navigate(SITE + screen);
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
}
