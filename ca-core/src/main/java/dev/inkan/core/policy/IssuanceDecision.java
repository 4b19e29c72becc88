package dev.inkan.core.policy;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import java.time.Instant;
import java.util.function.Function;

/**
 * What {@link IssuancePolicy} answers. A refusal is an ordinary result, not an exception: the
 * subscriber is told about it and the audit trail records it.
 */
public sealed interface IssuanceDecision {

  /** Issue for {@code validity}. */
  record Granted(Validity validity) implements IssuanceDecision {}

  /**
   * The subscriber holds a valid certificate, which may be renewed from {@code renewalOpens} on.
   */
  record TooEarly(SerialNumber current, Validity validity, Instant renewalOpens)
      implements IssuanceDecision {}

  /** A certificate for the subscriber is being made at this moment. */
  record InProgress(SerialNumber prepared) implements IssuanceDecision {}

  /**
   * Folds the decision into one value. Every caller names every outcome, so a new outcome breaks
   * the build wherever it is not handled. (Java 17 has no exhaustive switch over sealed types.)
   */
  default <R> R fold(
      Function<Granted, R> granted,
      Function<TooEarly, R> tooEarly,
      Function<InProgress, R> inProgress) {
    if (this instanceof Granted it) {
      return granted.apply(it);
    } else if (this instanceof TooEarly it) {
      return tooEarly.apply(it);
    } else if (this instanceof InProgress it) {
      return inProgress.apply(it);
    }
    throw new AssertionError(this);
  }
}
