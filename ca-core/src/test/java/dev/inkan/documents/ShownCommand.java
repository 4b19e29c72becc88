package dev.inkan.documents;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command of ours that a document shows.
 *
 * @param page the document's path from the root
 * @param line the number of its line, from 1
 * @param whole whether it is to be copied as it stands; otherwise the text only names it
 * @param words what follows the program's name
 */
public record ShownCommand(String page, int line, boolean whole, List<String> words) {

  private static final Pattern INLINE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|[^\\s\"])+");
  private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z…].*");
  private static final Pattern PIPES = Pattern.compile("\\s+(?:[|&;>#]+)\\s+");

  /** Every command of {@code program} that the project's documents show. */
  public static List<ShownCommand> of(String program) throws IOException {
    List<ShownCommand> found = new ArrayList<>();
    for (String page : Documents.ending(".md")) {
      found.addAll(of(program, page, Documents.read(page).lines().toList()));
    }
    return found;
  }

  private static List<ShownCommand> of(String program, String page, List<String> lines) {
    List<ShownCommand> found = new ArrayList<>();
    boolean fenced = false;
    StringBuilder continued = new StringBuilder();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1);
      if (line.strip().startsWith("```")) {
        fenced = !fenced;
      } else if (fenced || line.startsWith("    ")) {
        continued.append(line.strip());
        if (!line.endsWith("\\")) {
          add(found, program, page, number, fenced, continued.toString());
          continued.setLength(0);
        } else {
          continued.setCharAt(continued.length() - 1, ' ');
        }
      } else {
        for (MatchResult code : INLINE.matcher(line).results().toList()) {
          add(found, program, page, number, false, code.group(1));
        }
      }
    }
    return found;
  }

  private static void add(
      List<ShownCommand> found, String program, String page, int line, boolean whole, String text) {
    for (String part : PIPES.splitAsStream(text).toList()) {
      after(program, part)
          .map(rest -> new ShownCommand(page, line, whole, words(rest)))
          .filter(it -> !it.words().isEmpty() && !it.isPattern())
          .ifPresent(found::add);
    }
  }

  private static Optional<String> after(String program, String part) {
    return Stream.of(program, "$ " + program, "bin/" + program, "java -jar " + program + ".jar")
        .filter(start -> part.startsWith(start + " "))
        .map(start -> part.substring(start.length()))
        .findFirst();
  }

  private static List<String> words(String rest) {
    return WORD.matcher(rest).results().map(it -> it.group().replace("\"", "")).toList();
  }

  private boolean isPattern() {
    return PLACEHOLDER.matcher(words.get(0)).matches();
  }

  /**
   * What is wrong with its names.
   *
   * @param commands the options of each command there is, by its words such as {@code cert revoke}
   */
  public Optional<String> wrong(Map<String, Set<String>> commands) {
    String name = "";
    int depth = 0;
    for (String word : words) {
      String longer = (name + " " + word).strip();
      if (!commands.containsKey(longer)) {
        break;
      }
      name = longer;
      depth++;
    }
    if (name.isEmpty()) {
      return words.get(0).startsWith("-") ? Optional.empty() : Optional.of("no command: " + this);
    }
    String command = name;
    boolean isNoun = commands.keySet().stream().anyMatch(it -> it.startsWith(command + " "));
    if (isNoun && words.size() > depth && words.get(depth).matches("[a-z-]+")) {
      return Optional.of("no verb of " + name + ": " + this);
    }
    Set<String> options = Set.copyOf(commands.getOrDefault(name, Set.of()));
    return words.stream()
        .filter(it -> it.startsWith("--"))
        .map(it -> it.replaceFirst("=.*", ""))
        .filter(it -> !options.contains(it))
        .findFirst()
        .map(option -> "no option " + option + ": " + this);
  }
}
