package dev.inkan.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of docs/trust.md. */
final class TrustStatement {

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  private final List<String> lines;

  TrustStatement() throws IOException {
    this.lines = Files.readAllLines(Path.of("../docs/trust.md"));
  }

  /** The cells of each row under the heading {@code section}. */
  List<List<String>> rows(String section) {
    List<List<String>> rows = new ArrayList<>();
    boolean in = false;
    for (String line : lines) {
      if (line.startsWith("## ")) {
        in = line.equals("## " + section);
      } else if (in && line.startsWith("| ") && !line.startsWith("|---")) {
        rows.add(List.of(line.substring(2).split(" \\|(?: |$)")));
      }
    }
    return rows.subList(1, rows.size());
  }

  /** What the first cells under {@code section} name, with the second cell beside it. */
  Map<String, String> named(String section) {
    Map<String, String> named = new LinkedHashMap<>();
    for (List<String> row : rows(section)) {
      Matcher name = NAME.matcher(row.get(0));
      while (name.find()) {
        named.put(name.group(1), row.get(1));
      }
    }
    return named;
  }

  /** The mode that the row of {@code file} says, if there is one; a star stands for anything. */
  Optional<String> mode(String file) {
    return named("Files").entrySet().stream()
        .filter(it -> file.matches(Pattern.quote(it.getKey()).replace("*", "\\E.*\\Q")))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
