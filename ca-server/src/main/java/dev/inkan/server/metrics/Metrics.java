package dev.inkan.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The figures of one server, and their text for Prometheus. What is measured on the way costs an
 * addition and no memory; what is looked up is looked up when somebody asks. Safe for use by
 * several threads.
 */
public final class Metrics implements AutoCloseable {

  /** The type of {@link #scrape}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Runnable> refreshes = new CopyOnWriteArrayList<>();

  /** One with the process's own figures in it: memory, threads, processor. */
  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  /**
   * A histogram of how long something takes, in seconds.
   *
   * @param name with dots, without a unit; {@code inkan.ocsp} becomes {@code inkan_ocsp_seconds}
   * @param limits of the histogram's classes, rising
   */
  public Latency latency(String name, String help, Duration... limits) {
    return new Latency(
        Timer.builder(name).description(help).serviceLevelObjectives(limits).register(registry));
  }

  /**
   * Something that goes up and down.
   *
   * @param value asked at each scrape, so quick; {@code NaN} while it is not known
   * @param labels name, value, name, value …
   */
  public void gauge(String name, String help, DoubleSupplier value, String... labels) {
    Gauge unused =
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
            .description(help)
            .tags(labels)
            .strongReference(true)
            .register(registry);
  }

  /**
   * Something that only grows, from zero at the start of the process.
   *
   * @param labels name, value, name, value …
   */
  public LongAdder counter(String name, String help, String... labels) {
    LongAdder count = new LongAdder();
    FunctionCounter unused =
        FunctionCounter.builder(name, count, LongAdder::doubleValue)
            .description(help)
            .tags(labels)
            .register(registry);
    return count;
  }

  /**
   * As {@link #gauge}, for things that come and go.
   *
   * @param values by the value of {@code label}, asked at each scrape
   */
  public void gauges(String name, String help, String label, Supplier<Map<String, Double>> values) {
    MultiGauge rows = MultiGauge.builder(name).description(help).register(registry);
    refreshes.add(
        () ->
            rows.register(
                values.get().entrySet().stream()
                    .map(
                        it ->
                            MultiGauge.Row.of(Tags.of(label, it.getKey()), (Number) it.getValue()))
                    .collect(Collectors.toList()),
                true));
  }

  /** Everything, as Prometheus reads it. */
  public synchronized String scrape() {
    refreshes.forEach(Runnable::run);
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
