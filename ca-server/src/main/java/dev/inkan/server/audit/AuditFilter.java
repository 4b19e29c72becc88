package dev.inkan.server.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which records are asked for; what is empty admits all.
 *
 * @param actor a user ID, operator or node, as it was written
 * @param action the name of an action, such as {@code CERTIFICATE_REVOKED}
 * @param serialNumber in lower-case hexadecimal
 * @param from the first moment that is asked for
 * @param to the first moment that is not
 */
public record AuditFilter(
    Optional<String> actor,
    Optional<String> action,
    Optional<String> subscriber,
    Optional<String> serialNumber,
    Optional<Instant> from,
    Optional<Instant> to) {

  /** Admits everything. */
  public static final AuditFilter ALL =
      new AuditFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
