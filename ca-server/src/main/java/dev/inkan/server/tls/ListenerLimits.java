package dev.inkan.server.tls;

import java.time.Duration;

/**
 * How much of the server one visitor may hold (S13).
 *
 * @param headerOctets the longest request line and header together; 431 beyond
 * @param bodyOctets the longest request body; 413 beyond
 * @param idle how long a connection may stay silent
 * @param response how long a connection may go without one whole request and response, however busy
 *     it is: the end of a client that sends a byte now and then
 * @param connections how many are open at once; further ones wait in the system's queue
 * @param threads how many requests are worked on at once
 */
public record ListenerLimits(
    int headerOctets,
    int bodyOctets,
    Duration idle,
    Duration response,
    int connections,
    int threads) {

  private static final int FEWEST_THREADS = 8;

  public ListenerLimits {
    if (headerOctets < 1 || bodyOctets < 1 || connections < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
    if (idle.isNegative() || idle.isZero() || response.compareTo(idle) < 0) {
      throw new IllegalArgumentException("0 < idle <= response must hold");
    }
    if (threads < FEWEST_THREADS) {
      throw new IllegalArgumentException("a listener needs " + FEWEST_THREADS + " threads or more");
    }
  }

  /** What suits a bank's own staff: pages of a few kilobytes, forms of a few hundred octets. */
  public static ListenerLimits standard() {
    return new ListenerLimits(
        8 * 1024, 64 * 1024, Duration.ofSeconds(20), Duration.ofSeconds(30), 2_000, 64);
  }
}
