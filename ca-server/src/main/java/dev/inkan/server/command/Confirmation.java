package dev.inkan.server.command;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Asks whoever typed the command. */
public interface Confirmation {

  /** The answer, or nothing if there is no terminal to ask at. */
  Optional<Boolean> ask(String question);

  /**
   * Whether somebody said yes; if not, {@code err} is told so.
   *
   * @param undone what was therefore not done, in a sentence
   */
  default boolean isGiven(String question, String undone, PrintWriter err) {
    Optional<Boolean> answer = ask(question);
    if (answer.isEmpty()) {
      err.println("error: nobody to ask; repeat with --yes");
    }
    if (!answer.orElse(false)) {
      err.println(undone);
    }
    return answer.orElse(false);
  }

  /** At the terminal of this process. */
  static Confirmation atTheTerminal() {
    return question -> Optional.ofNullable(System.console()).map(it -> ask(it, question));
  }

  private static boolean ask(Console console, String question) {
    String answer = console.readLine("%s", question);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).equals("yes");
  }
}
