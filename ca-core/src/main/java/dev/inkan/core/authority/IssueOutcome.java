package dev.inkan.core.authority;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.policy.IssuanceDecision;
import java.util.function.Function;

/** What became of a request for a certificate. */
public sealed interface IssueOutcome {

  /**
   * The certificate exists and is recorded.
   *
   * @param pfx the PKCS#12 (RFC 7292) with key and chain; the only place where the key exists
   */
  record Issued(CertificateRecord entry, Der certificate, Der pfx) implements IssueOutcome {}

  /** The policy refused; nothing was signed. The decision is never {@code Granted}. */
  record Refused(IssuanceDecision decision) implements IssueOutcome {}

  /** Folds the outcome into one value; every caller names every outcome. */
  default <R> R fold(Function<Issued, R> issued, Function<Refused, R> refused) {
    if (this instanceof Issued it) {
      return issued.apply(it);
    } else if (this instanceof Refused it) {
      return refused.apply(it);
    }
    throw new AssertionError(this);
  }
}
