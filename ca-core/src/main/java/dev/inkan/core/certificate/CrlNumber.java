package dev.inkan.core.certificate;

import java.time.Instant;

/**
 * The number of a CRL. One CA's full and delta CRLs share one sequence, which only ever grows; a
 * full and a delta CRL that are signed together have the same number.
 *
 * @param value positive; RFC 5280 allows 20 octets, and this CA needs no more than 63 bits
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-5.2.3">RFC 5280, section 5.2.3</a>
 */
public record CrlNumber(long value) implements Comparable<CrlNumber> {

  public CrlNumber {
    if (value <= 0) {
      throw new IllegalArgumentException("a CRL number must be positive: " + value);
    }
  }

  /** The lowest one, at {@code now}: the milliseconds since 1970. */
  public static CrlNumber first(Instant now) {
    return new CrlNumber(Math.max(1, now.toEpochMilli()));
  }

  /**
   * A greater one, and not less than {@link #first} at {@code now}: so that the sequence goes on
   * upwards even where every record of it was lost.
   */
  public CrlNumber next(Instant now) {
    return new CrlNumber(Math.max(Math.addExact(value, 1), now.toEpochMilli()));
  }

  public boolean isAfter(CrlNumber other) {
    return value > other.value;
  }

  @Override
  public int compareTo(CrlNumber other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
