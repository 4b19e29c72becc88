package dev.inkan.core.crl;

import dev.inkan.core.certificate.CrlNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * What a CRL says, without its entries.
 *
 * @param base of a delta CRL: what it builds on
 * @param entries how many
 */
public record CrlSummary(
    CrlNumber number,
    Optional<CrlNumber> base,
    Instant thisUpdate,
    Instant nextUpdate,
    long entries) {

  /** Whether this is what was to be signed. */
  public boolean isOf(CrlContent content, long entries) {
    return number.equals(content.number())
        && base.equals(content.base())
        && thisUpdate.equals(content.thisUpdate())
        && nextUpdate.equals(content.nextUpdate())
        && this.entries == entries;
  }
}
