package dev.inkan.server.simulation;

import java.time.Instant;

/** A job failed in the simulation, as it would on that day. */
public final class SimulationFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SimulationFailedException(String job, Instant at, RuntimeException cause) {
    super("the job " + job + " would fail at " + at + ": " + cause.getMessage(), cause);
  }
}
