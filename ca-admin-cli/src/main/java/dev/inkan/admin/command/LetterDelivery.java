package dev.inkan.admin.command;

import dev.inkan.core.api.Letter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Where a letter goes: out on the terminal, and into a PDF that only its owner can read. */
public final class LetterDelivery implements AutoCloseable {

  private final Session session;
  private final Optional<NewFile> file;

  LetterDelivery(Session session, Optional<NewFile> file) {
    this.session = session;
    this.file = file;
  }

  /** Prints the letter. */
  public void print(Letter letter) {
    session.terminal().out().print(letter.text());
    session.terminal().out().flush();
    session.note(
        "note: the letter above holds the initial password: hand it over or post it, then delete"
            + " every copy, in this terminal too.");
  }

  /** Writes the PDF, if one was asked for. */
  public void write(Letter letter) {
    file.ifPresent(
        it -> {
          byte[] octets = Base64.getDecoder().decode(letter.pdf());
          it.write(octets);
          Arrays.fill(octets, (byte) 0);
          session.note(
              "note: " + it.path() + " holds the letter: print and post it, then delete the file.");
          if (!letter.missing().isEmpty()) {
            session.note(
                "note: the PDF shows 〓 in place of "
                    + String.join(", ", letter.missing())
                    + ", which its font lacks; write it by hand.");
          }
        });
  }

  @Override
  public void close() {
    file.ifPresent(NewFile::close);
  }
}
