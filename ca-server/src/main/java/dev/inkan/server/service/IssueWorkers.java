package dev.inkan.server.service;

import dev.inkan.server.metrics.Latency;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The few threads that make certificates, and the queue before them. What they log bears the number
 * of the request that asked for it.
 */
public final class IssueWorkers extends ThreadPoolExecutor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IssueWorkers.class);
  private static final int WORKERS = 2;
  private static final int QUEUE = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Latency latency;

  /**
   * @param latency from a worker's taking a certificate up to its being done
   */
  public IssueWorkers(Latency latency) {
    super(
        WORKERS,
        WORKERS,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(QUEUE),
        task -> new Thread(task, "issue"));
    this.latency = latency;
  }

  @Override
  public void execute(Runnable task) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    super.execute(() -> work(task, context == null ? Map.of() : context));
  }

  private void work(Runnable task, Map<String, String> context) {
    long begin = System.nanoTime();
    MDC.setContextMap(context);
    try {
      task.run();
    } finally {
      MDC.clear();
      latency.since(begin);
    }
  }

  /** How many wait for a worker. */
  public int waiting() {
    return getQueue().size();
  }

  @Override
  public void close() {
    shutdown();
    try {
      if (!awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("an issue did not end in time; the next start will close it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
