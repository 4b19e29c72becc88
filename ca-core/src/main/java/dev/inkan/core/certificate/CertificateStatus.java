package dev.inkan.core.certificate;

import java.time.Instant;
import java.util.Optional;

/**
 * The status of one certificate, as a responder reports it.
 *
 * <p>{@link Unknown} is an answer about this CA's records, not an error: the certificate was never
 * issued here, so nothing may be said about it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-2.2">RFC 6960, section 2.2</a>
 */
public sealed interface CertificateStatus {

  record Good() implements CertificateStatus {}

  /**
   * Revoked, or on hold if the reason is {@link RevocationReason#CERTIFICATE_HOLD}.
   *
   * @param at when this CA revoked it, or put it on hold: the {@code revocationDate}
   * @param invalidityDate since when it was not to be trusted, such as when the PC was lost, where
   *     that is known (RFC 5280, section 5.3.2)
   */
  record Revoked(Instant at, RevocationReason reason, Optional<Instant> invalidityDate)
      implements CertificateStatus {

    /** Revoked without anything being known of a time before. */
    public Revoked(Instant at, RevocationReason reason) {
      this(at, reason, Optional.empty());
    }

    /** Whether it may be released again; every other revocation is for ever. */
    public boolean isHold() {
      return reason == RevocationReason.CERTIFICATE_HOLD;
    }
  }

  record Unknown() implements CertificateStatus {}
}
