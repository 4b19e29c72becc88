package dev.inkan.admin.output;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How far something is, on one line that is drawn over itself; in a pipe one line each time a tenth
 * is done. In ASCII: how wide a block is depends on the terminal.
 */
public final class ProgressBar {

  private static final int WIDTH = 30;
  private static final int TENTHS = 10;

  private final String what;
  private final PrintWriter err;
  private final boolean isTerminal;
  private final Clock clock;
  private final Instant begin;
  private int tenthsTold;
  private int first = -1;

  public ProgressBar(String what, PrintWriter err, boolean isTerminal, Clock clock) {
    this.what = what;
    this.err = err;
    this.isTerminal = isTerminal;
    this.clock = clock;
    this.begin = clock.instant();
  }

  /** Shows that {@code done} of {@code total} are done. */
  public void show(int done, int total) {
    if (first < 0) {
      first = done;
    }
    String figures = done + " of " + total;
    if (isTerminal) {
      int filled = total == 0 ? WIDTH : (int) ((long) WIDTH * done / total);
      String bar = "=".repeat(filled) + (filled < WIDTH ? ">" : "");
      err.print(
          "\r"
              + what
              + " ["
              + bar
              + " ".repeat(Math.max(0, WIDTH - bar.length()))
              + "] "
              + figures
              + left(done, total)
              + "\033[K");
    } else if (total > 0 && tenth(done, total) > tenthsTold) {
      tenthsTold = tenth(done, total);
      err.println(what + ": " + figures);
    }
    err.flush();
  }

  private static int tenth(int done, int total) {
    return (int) ((long) TENTHS * done / total);
  }

  private String left(int done, int total) {
    if (done <= first || done >= total) {
      return "";
    }
    Duration spent = Duration.between(begin, clock.instant());
    long seconds = spent.toMillis() * (total - done) / (done - first) / 1_000;
    return seconds < 1
        ? ""
        : seconds < 120 ? ", " + seconds + " s left" : ", " + seconds / 60 + " min left";
  }

  /** Leaves the line, so that what follows stands below it. */
  public void end() {
    if (isTerminal) {
      err.println();
      err.flush();
    }
  }
}
