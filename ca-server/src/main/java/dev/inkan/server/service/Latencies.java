package dev.inkan.server.service;

import dev.inkan.server.metrics.Latency;
import dev.inkan.server.metrics.Metrics;
import java.time.Duration;
import java.util.stream.DoubleStream;

/**
 * How long each kind of work takes.
 *
 * @param ocsp an answer, from the whole request to the octets
 * @param web a page
 * @param admin an answer of the admin API
 * @param issue a certificate, without the wait for a worker
 */
public record Latencies(Latency ocsp, Latency web, Latency admin, Latency issue) {

  public Latencies(Metrics metrics) {
    this(
        metrics.latency(
            "inkan.ocsp",
            "How long an OCSP answer takes",
            millis(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1000)),
        metrics.latency(
            "inkan.web",
            "How long a page takes",
            millis(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)),
        metrics.latency(
            "inkan.admin",
            "How long an answer of the admin API takes",
            millis(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)),
        metrics.latency(
            "inkan.issue",
            "How long a certificate takes, from its taking up to its being done",
            millis(25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000)));
  }

  private static Duration[] millis(double... limits) {
    return DoubleStream.of(limits)
        .mapToObj(limit -> Duration.ofNanos(Math.round(limit * 1_000_000)))
        .toArray(Duration[]::new);
  }
}
