package dev.inkan.admin;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command's manual page, in the macros of {@code man}. */
final class ManualPage {

  private static final String SECTION = "1";

  private final CommandLine line;
  private final CommandSpec spec;
  private final StringBuilder text = new StringBuilder();

  ManualPage(CommandLine line) {
    this.line = line;
    this.spec = line.getCommandSpec();
  }

  String fileName() {
    return name(spec.qualifiedName()) + "." + SECTION;
  }

  private static String name(String qualifiedName) {
    return qualifiedName.replace(' ', '-');
  }

  String text() {
    String title = name(spec.qualifiedName());
    List<String> description = List.of(spec.usageMessage().description());
    macro("TH", title.toUpperCase(Locale.ROOT) + " " + SECTION + " \"\" \"Inkan\" \"Inkan\"");
    macro("SH", "NAME");
    body(title + " - " + description.get(0).replaceFirst("\\.$", ""));
    macro("SH", "SYNOPSIS");
    macro("B", escaped(spec.qualifiedName()));
    body(synopsis());
    macro("SH", "DESCRIPTION");
    description.forEach(
        it -> {
          macro("PP", "");
          body(it);
        });
    arguments();
    subcommands();
    exitStatus();
    examples();
    seeAlso();
    return text.toString();
  }

  private String synopsis() {
    if (!line.getSubcommands().isEmpty()) {
      return spec.parent() == null ? "NOUN VERB [OPTIONS]" : "VERB [OPTIONS]";
    }
    return Stream.concat(
            Stream.of("[OPTIONS]"),
            spec.positionalParameters().stream()
                .map(it -> it.arity().min() == 0 ? "[" + it.paramLabel() + "]" : it.paramLabel()))
        .collect(Collectors.joining(" "));
  }

  private void arguments() {
    macro("SH", "OPTIONS");
    spec.positionalParameters().forEach(it -> argument(it.paramLabel(), it));
    for (OptionSpec option : spec.options()) {
      String names = String.join(", ", option.names());
      argument(option.arity().max() == 0 ? names : names + "=" + option.paramLabel(), option);
    }
  }

  private void argument(String label, ArgSpec argument) {
    macro("TP", "");
    macro("B", escaped(label));
    body(described(argument));
  }

  /** As the help shows it: with the default value and the words filled in. */
  private static String described(ArgSpec argument) {
    String words = String.join(" ", argument.description());
    Iterable<String> candidates = argument.completionCandidates();
    return words
        .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()))
        .replace(
            "${COMPLETION-CANDIDATES}", candidates == null ? "" : String.join(", ", candidates));
  }

  private void subcommands() {
    if (line.getSubcommands().isEmpty()) {
      return;
    }
    macro("SH", "COMMANDS");
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              macro("TP", "");
              macro("B", escaped(name));
              body(command.getCommandSpec().usageMessage().description()[0]);
            });
  }

  private void exitStatus() {
    macro("SH", "EXIT STATUS");
    spec.usageMessage()
        .exitCodeList()
        .forEach(
            (code, meaning) -> {
              macro("TP", "");
              macro("B", code);
              body(meaning);
            });
  }

  private void examples() {
    macro("SH", "EXAMPLES");
    macro("nf", "");
    for (String example : spec.usageMessage().footer()) {
      body(example.strip());
    }
    macro("fi", "");
  }

  private void seeAlso() {
    CommandSpec parent = spec.parent();
    if (parent != null) {
      macro("SH", "SEE ALSO");
      macro("BR", escaped(name(parent.qualifiedName())) + " (" + SECTION + ")");
    }
  }

  private void macro(String name, String arguments) {
    text.append('.').append(name);
    if (!arguments.isEmpty()) {
      text.append(' ').append(arguments);
    }
    text.append('\n');
  }

  private void body(String words) {
    text.append(escaped(words)).append('\n');
  }

  /** So that nothing is taken for a macro, and hyphens can be copied as such. */
  private static String escaped(String words) {
    String safe = words.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
