package dev.inkan.core.certificate;

import java.time.Instant;

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

  record Revoked(Instant at, RevocationReason reason) implements CertificateStatus {}

  record Unknown() implements CertificateStatus {}
}
