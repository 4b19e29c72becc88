package dev.inkan.server.command;

import dev.inkan.server.simulation.DayReport;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Tells now and then how far a simulation got. */
final class SimulationProgress implements Consumer<DayReport> {

  private static final int EVERY_SECONDS = 3;

  private final Clock clock;
  private final LocalDate last;
  private final PrintWriter out;
  private final AtomicLong told;

  SimulationProgress(Clock clock, LocalDate last, PrintWriter out) {
    this.clock = clock;
    this.last = last;
    this.out = out;
    this.told = new AtomicLong(clock.instant().getEpochSecond());
  }

  @Override
  public void accept(DayReport day) {
    long now = clock.instant().getEpochSecond();
    if (now - told.get() >= EVERY_SECONDS) {
      told.set(now);
      out.println(day.day() + " of " + last + " ...");
      out.flush();
    }
  }
}
