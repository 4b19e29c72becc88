package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every screen in every state, also those that no journey passes slowly enough, in Chromium. */
@Tag("F2")
@DisplayName("Every sample screen passes axe and fits a narrow window")
class SampleScreensTest {

  private static final int NARROW = 320;

  @TempDir private static Path folder;

  private static Browser browser;

  static List<String> screens() throws IOException {
    return SampleSite.screens();
  }

  @BeforeAll
  static void open() {
    browser = Browser.open(Visitor.in(folder.resolve("home")));
    SampleSite.serve(browser.page());
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @ParameterizedTest
  @MethodSource("screens")
  void passesAxeAndFits(String screen) {
    browser.page().setViewportSize(1_280, 900);
    SampleSite.visit(browser.page(), screen);
    browser.assertAccessible();

    browser.page().setViewportSize(NARROW, 900);
    Object width = browser.page().evaluate("document.documentElement.scrollWidth");
    assertThat(width).as("no sideways scroll at %d px", NARROW).isEqualTo(NARROW);
  }
}
