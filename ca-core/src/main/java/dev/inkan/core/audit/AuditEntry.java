package dev.inkan.core.audit;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * An {@link AuditEvent} as it is written: in text, so that what a newer program wrote or a forger
 * changed can be read and checked as well.
 *
 * @param at cut to the microsecond, which is what databases keep
 */
public record AuditEntry(
    Instant at,
    String actorKind,
    String actorName,
    String action,
    Optional<String> subscriber,
    Optional<String> serialNumber,
    String detail) {

  public AuditEntry {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /** What is written of {@code event}. */
  public static AuditEntry of(AuditEvent event) {
    return new AuditEntry(
        event.at(),
        event.actor().kind().name(),
        event.actor().name(),
        event.action().name(),
        event.subscriber().map(SubscriberId::value),
        event.serialNumber().map(SerialNumber::toString),
        event.detail());
  }
}
