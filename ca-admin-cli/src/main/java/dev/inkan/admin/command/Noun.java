package dev.inkan.admin.command;

import java.util.List;
import java.util.function.Function;

/**
 * A noun and its verbs.
 *
 * @param verbs makes the annotated commands; only called for the noun that was typed
 */
public record Noun(
    String name, String description, List<String> examples, Function<Desk, List<Object>> verbs) {

  public Noun {
    examples = List.copyOf(examples);
  }
}
