package dev.inkan.admin.command;

import dev.inkan.admin.output.Sheet;
import dev.inkan.admin.output.Times;
import dev.inkan.admin.output.Words;
import dev.inkan.core.api.LetterState;
import dev.inkan.core.api.LetterStatus;

/** How the letter to a master user stands, in words. */
public final class LetterView {

  private LetterView() {}

  /** Adds the line. */
  public static void line(Sheet sheet, LetterStatus letter, Times times) {
    sheet.line(
        "letter",
        "login ID "
            + letter.loginId()
            + ", "
            + Words.of(letter.state())
            + (letter.state() == LetterState.OPEN ? " until " + times.minute(letter.until()) : ""));
  }
}
