package dev.inkan.admin;

import dev.inkan.admin.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A terminal with prepared answers. */
final class FakeTerminal implements Terminal {

  private final StringWriter outText = new StringWriter();
  private final StringWriter errText = new StringWriter();
  private final PrintWriter out = new PrintWriter(outText, true);
  private final PrintWriter err = new PrintWriter(errText, true);
  private final Deque<String> answers = new ArrayDeque<>();
  private final boolean colours;

  FakeTerminal(boolean colours, String... answers) {
    this.colours = colours;
    this.answers.addAll(List.of(answers));
  }

  String outText() {
    return outText.toString();
  }

  String errText() {
    return errText.toString();
  }

  @Override
  public PrintWriter out() {
    return out;
  }

  @Override
  public PrintWriter err() {
    return err;
  }

  @Override
  public boolean outIsTerminal() {
    return colours;
  }

  @Override
  public boolean errIsTerminal() {
    return colours;
  }

  @Override
  public boolean coloursOut() {
    return colours;
  }

  @Override
  public boolean coloursErr() {
    return colours;
  }

  @Override
  public int columns() {
    return 0;
  }

  @Override
  public Optional<String> ask(String question) {
    err.print(question);
    return Optional.ofNullable(answers.poll());
  }

  @Override
  public Optional<char[]> askSecretly(String question) {
    return ask(question).map(String::toCharArray);
  }
}
