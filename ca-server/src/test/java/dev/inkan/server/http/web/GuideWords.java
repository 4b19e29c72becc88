package dev.inkan.server.http.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What screens, mails and letter say, to hold a document against; all of it without white space.
 */
final class GuideWords {

  private static final Path RESOURCES = Path.of("src", "main", "resources");
  private static final Path REFUSALS = Path.of("..", "config", "gateway", "pages");
  private static final Path LETTER = Path.of("src/main/java/dev/inkan/server/letter");
  private static final Pattern PRESSED =
      Pattern.compile("<(a|button)\\b[^>]*>(.*?)</\\1>", Pattern.DOTALL);
  private static final Pattern TILE = Pattern.compile("<span class=\"tile-name\">(.*?)</span>");
  private static final Pattern NAMED = Pattern.compile("［([^］]+)］");

  private final String all;
  private final Set<String> pressed;

  private GuideWords(String all, Set<String> pressed) {
    this.all = all;
    this.pressed = pressed;
  }

  /** Of every sample page, what gateways show, the Japanese mails and the letter's sources. */
  static GuideWords collected() throws IOException {
    Pages pages = new Pages();
    List<String> html =
        new ArrayList<>(SamplePages.all().values().stream().map(pages::render).toList());
    for (Path folder : List.of(REFUSALS, LETTER, RESOURCES.resolve("mail"))) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(it -> !it.toString().endsWith("_en.properties")).toList()) {
          html.add(Files.readString(file));
        }
      }
    }
    Set<String> pressed = new TreeSet<>();
    for (String page : html) {
      results(PRESSED, page).forEach(it -> pressed.add(text(it.group(2))));
      results(TILE, page).forEach(it -> pressed.add(text(it.group(1))));
      results(NAMED, text(page)).forEach(it -> pressed.add(it.group(1)));
    }
    return new GuideWords(text(String.join("\n", html)), pressed);
  }

  /** Whether some screen, mail or letter says so. */
  boolean say(String words) {
    return all.contains(text(words));
  }

  /** Whether there is something of that name to press. */
  boolean havePressed(String label) {
    return pressed.contains(text(label));
  }

  /** A text as eyes read it: without tags, white space, and what only ears are told. */
  static String text(String html) {
    return html.replaceAll("<span class=\"unseen\">[^<]*</span>", "")
        .replaceAll("</?[a-zA-Z!][^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replaceAll("[\\s　]+", "");
  }

  /** What stands between 「 and 」, the outermost pairs; code blocks are left out. */
  static List<String> quoted(String markdown) {
    List<String> found = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    String prose = prose(markdown);
    for (int i = 0; i < prose.length(); i++) {
      if (prose.charAt(i) == '「') {
        open.push(i + 1);
      } else if (prose.charAt(i) == '」') {
        int begin = open.pop();
        if (open.isEmpty()) {
          found.add(prose.substring(begin, i));
        }
      }
    }
    return found.stream().filter(it -> !it.isBlank()).toList();
  }

  /** What stands between ［ and ］. */
  static List<String> labels(String markdown) {
    return results(NAMED, prose(markdown))
        .map(it -> it.group(1))
        .filter(it -> !it.isBlank())
        .toList();
  }

  private static String prose(String markdown) {
    return markdown.replaceAll("(?s)```.*?```", "");
  }

  private static Stream<MatchResult> results(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }
}
