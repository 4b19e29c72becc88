package dev.inkan.server.metrics;

import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEntry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Counts what this server wrote into the audit trail, once it is committed: issued, revoked, logged
 * in; and what it refused, by the reason. Safe for use by several threads.
 */
public final class EventCounts implements Consumer<AuditEntry> {

  private static final String REFUSED = "inkan.refused";

  private final Metrics metrics;
  private final Map<AuditAction, LongAdder> events = new EnumMap<>(AuditAction.class);
  private final Map<RefusalReason, LongAdder> refusals = new ConcurrentHashMap<>();

  public EventCounts(Metrics metrics) {
    this.metrics = metrics;
    for (AuditAction action : AuditAction.values()) {
      events.put(
          action,
          metrics.counter(
              "inkan.events",
              "What this server wrote into the audit trail since it started",
              "event",
              label(action)));
    }
    // Those that never happened are told as well: a rule cannot watch what is not there.
    RefusalReason.known().forEach(this::counter);
  }

  @Override
  public void accept(AuditEntry entry) {
    AuditAction action = AuditAction.valueOf(entry.action());
    LongAdder count = events.get(action);
    if (count != null) {
      count.increment();
    }
    RefusalReason.of(action, entry.detail()).ifPresent(reason -> counter(reason).increment());
  }

  private LongAdder counter(RefusalReason reason) {
    return refusals.computeIfAbsent(
        reason,
        it ->
            metrics.counter(
                REFUSED,
                "What this server refused since it started",
                "what",
                label(it.action()),
                "reason",
                it.reason()));
  }

  private static String label(AuditAction action) {
    return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
