package dev.inkan.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * How much more heap than before was ever left after a collection during an operation, in octets:
 * what the operation holds on to, without its garbage. JMH makes it by its name, and must collect
 * before each iteration.
 */
public final class HeapGrowth implements InternalProfiler {

  static final String LABEL = "heap";

  private final Set<String> pools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(it -> it.getType() == MemoryType.HEAP)
          .map(it -> it.getName())
          .collect(Collectors.toSet());
  private final AtomicLong most = new AtomicLong();
  private long before;

  /** Listens from now on. */
  public HeapGrowth() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener((notification, unused) -> collected(notification), null, null);
    }
  }

  private void collected(Notification notification) {
    if (notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      Map<String, MemoryUsage> left =
          GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
              .getGcInfo()
              .getMemoryUsageAfterGc();
      long used =
          left.entrySet().stream()
              .filter(it -> pools.contains(it.getKey()))
              .mapToLong(it -> it.getValue().getUsed())
              .sum();
      most.accumulateAndGet(used, Math::max);
    }
  }

  @Override
  public String getDescription() {
    return "growth of the heap, garbage excluded";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    most.set(before);
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return List.of(new ScalarResult(LABEL, most.get() - before, "octets", AggregationPolicy.MAX));
  }
}
