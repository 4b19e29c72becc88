package dev.inkan.core.crl;

import dev.inkan.core.certificate.CrlNumber;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a CRL says besides its entries. Times have a precision of one second, as in DER.
 *
 * @param base of a delta CRL: the number of the full CRL it builds on
 * @param freshest of a full CRL: where the delta CRL that goes with it is published
 */
public record CrlContent(
    CrlNumber number,
    Instant thisUpdate,
    Instant nextUpdate,
    Optional<CrlNumber> base,
    Optional<URI> freshest) {

  public CrlContent {
    thisUpdate = thisUpdate.truncatedTo(ChronoUnit.SECONDS);
    nextUpdate = nextUpdate.truncatedTo(ChronoUnit.SECONDS);
    if (!thisUpdate.isBefore(nextUpdate)) {
      throw new IllegalArgumentException(
          "nextUpdate " + nextUpdate + " must be after thisUpdate " + thisUpdate);
    }
    if (base.filter(it -> !number.isAfter(it)).isPresent()) {
      throw new IllegalArgumentException("a delta CRL's number is after its base's");
    }
    // RFC 5280, section 5.2.6
    if (base.isPresent() && freshest.isPresent()) {
      throw new IllegalArgumentException("a delta CRL points to no other");
    }
  }

  /** A full CRL that no delta goes with. */
  public static CrlContent full(CrlNumber number, Instant thisUpdate, Instant nextUpdate) {
    return new CrlContent(number, thisUpdate, nextUpdate, Optional.empty(), Optional.empty());
  }

  /** The same full CRL, with a pointer to its delta. */
  public CrlContent withFreshest(URI delta) {
    return new CrlContent(number, thisUpdate, nextUpdate, base, Optional.of(delta));
  }

  /** The delta CRL of the same time and number, over {@code base}. */
  public CrlContent deltaOver(CrlNumber base) {
    return new CrlContent(number, thisUpdate, nextUpdate, Optional.of(base), Optional.empty());
  }
}
