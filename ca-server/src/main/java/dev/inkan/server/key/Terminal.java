package dev.inkan.server.key;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/** Whoever sits at the terminal that the server was started from. */
public interface Terminal {

  /** What is typed, unseen, and the caller wipes; nothing if there is no terminal. */
  Optional<char[]> readSecret(String prompt);

  /** Shows what one person alone may see, and hides it once they say so; false without terminal. */
  boolean show(String text);

  /** This process's terminal, if it has one. */
  static Terminal ofThisProcess() {
    return new Terminal() {
      @Override
      public Optional<char[]> readSecret(String prompt) {
        return console().map(console -> console.readPassword("%s", prompt));
      }

      @Override
      public boolean show(String text) {
        Optional<Console> console = console();
        console.ifPresent(it -> showAndHide(it, text));
        return console.isPresent();
      }
    };
  }

  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Terminal::isTerminal);
  }

  /** ECMA-48: the cursor home, the screen and what scrolled off it erased. */
  private static void showAndHide(Console console, String text) {
    String unused = console.readLine("%s", text + "\nWritten down? Enter hides it. ");
    console.printf("\u001b[H\u001b[2J\u001b[3J");
    console.flush();
  }

  /** From JDK 22 on there may be a console without anybody at it. */
  private static boolean isTerminal(Console console) {
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true; // JDK 17 and 21 have a console at a terminal alone
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a public method of the JDK", e);
    }
  }
}
