package dev.inkan.server;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/** Asks whoever typed the command. */
interface Confirmation {

  /** The answer, or nothing if there is no terminal to ask at. */
  Optional<Boolean> ask(String question);

  /** At the terminal of this process. */
  static Confirmation atTheTerminal() {
    return question -> Optional.ofNullable(System.console()).map(it -> ask(it, question));
  }

  private static boolean ask(Console console, String question) {
    String answer = console.readLine("%s", question);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).equals("yes");
  }
}
