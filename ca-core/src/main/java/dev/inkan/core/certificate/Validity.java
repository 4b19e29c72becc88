package dev.inkan.core.certificate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The period during which the CA warrants that it will maintain status information about a
 * certificate. Both ends are inclusive and have a precision of one second, as in DER.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5">RFC 5280, section
 *     4.1.2.5</a>
 */
public record Validity(Instant notBefore, Instant notAfter) {

  public Validity {
    notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
    notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
    if (notAfter.isBefore(notBefore)) {
      throw new IllegalArgumentException(
          "notAfter " + notAfter + " precedes notBefore " + notBefore);
    }
  }

  /** A period of exactly {@code length}: its last second is {@code start + length - 1 s}. */
  public static Validity lasting(Duration length, Instant start) {
    return new Validity(start, start.plus(length).minusSeconds(1));
  }

  /** The first instant at which the certificate is no longer valid. */
  public Instant end() {
    return notAfter.plusSeconds(1);
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(notBefore) && instant.isBefore(end());
  }
}
