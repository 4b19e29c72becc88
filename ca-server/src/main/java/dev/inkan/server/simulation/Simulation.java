package dev.inkan.server.simulation;

import dev.inkan.server.job.Job;
import java.time.Instant;
import java.util.List;

/**
 * Lets time pass: the clock stands at one moment after the other, and at each of them the jobs run,
 * in their order. Whoever needs to act in between lets it pass until then. For one thread.
 */
public final class Simulation {

  private final SimulatedClock clock;
  private final Moments moments;
  private final List<Job> jobs;

  public Simulation(SimulatedClock clock, Moments moments, List<Job> jobs) {
    this.clock = clock;
    this.moments = moments;
    this.jobs = List.copyOf(jobs);
  }

  /**
   * Runs every job once, now.
   *
   * @throws SimulationFailedException if one fails
   */
  public void runJobs() {
    for (Job job : jobs) {
      try {
        job.work().run();
      } catch (RuntimeException e) {
        throw new SimulationFailedException(job.name(), clock.instant(), e);
      }
    }
  }

  /**
   * Lets time pass until {@code to}, and runs the jobs at each moment up to then, that one
   * included.
   *
   * @throws SimulationFailedException if a job fails
   */
  public void passTo(Instant to) {
    Instant next = moments.after(clock.instant());
    while (!next.isAfter(to)) {
      clock.moveTo(next);
      runJobs();
      next = moments.after(next);
    }
    clock.moveTo(to);
  }
}
