package dev.inkan.admin.command;

import dev.inkan.admin.client.Api;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.admin.output.Times;
import dev.inkan.admin.terminal.Terminal;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;

/** One command's dealings with one server. */
public record Session(Api api, Terminal terminal, Clock clock, Times times) {

  Session(Api api, Desk desk) {
    this(
        api,
        desk.terminal(),
        desk.clock(),
        new Times(() -> ZoneId.of(api.self().zone()), desk.clock()));
  }

  /** What results are written on. */
  public Paper paper() {
    return new Paper(terminal.out(), times, terminal.coloursOut(), terminal.columns());
  }

  /** What notes and plans are written on. */
  public Paper notes() {
    return new Paper(terminal.err(), times, terminal.coloursErr(), terminal.columns());
  }

  /** Says something beside the result. */
  public void note(String text) {
    PrintWriter err = terminal.err();
    err.println(text);
    err.flush();
  }
}
