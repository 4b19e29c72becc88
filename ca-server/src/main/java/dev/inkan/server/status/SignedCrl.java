package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * A CRL that was signed, and with it the delta CRL of the same number, if there is one.
 *
 * @param scheduled whether it was signed because its time had come; deltas build on such ones
 * @param signedAt when; {@code thisUpdate} lies before it
 * @param change the ledger's change up to which it tells everything
 * @param ended which ended certificates are no longer on it
 * @param deltaBase what the delta builds on
 */
public record SignedCrl(
    CaName ca,
    CrlNumber number,
    boolean scheduled,
    Instant signedAt,
    Instant thisUpdate,
    Instant nextUpdate,
    long change,
    Ended ended,
    Optional<CrlNumber> deltaBase) {

  /**
   * Which certificates' entries are left out: what ended before a time and had not changed after a
   * change. Both are those of the CRL on schedule before, so that an entry has been on one that was
   * signed after the certificate ended (RFC 5280, section 3.3).
   */
  public record Ended(Instant before, long change) {

    /** Nothing is left out: there was no CRL before. */
    public static final Ended NONE = new Ended(Instant.EPOCH, 0);

    boolean leavesOut(LedgerEntry entry) {
      return entry.notAfter().isBefore(before) && entry.change() <= change;
    }
  }

  /** What may be left out of the CRLs that follow this one. */
  Ended endedAfter() {
    return new Ended(thisUpdate, change);
  }
}
