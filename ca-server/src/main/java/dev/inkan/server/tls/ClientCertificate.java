package dev.inkan.server.tls;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;

/**
 * What the visitor showed during the TLS handshake. The handshake proves possession of the key in
 * every case but {@link None}; whether the certificate counts is said here and nowhere else.
 *
 * <p>Only {@link Valid} may log in. The others exist so that the person can be told (B1).
 */
public sealed interface ClientCertificate {

  /** No certificate was shown. */
  record None() implements ClientCertificate {}

  /**
   * A subscriber certificate of ours that holds at this moment.
   *
   * @param entry its row in the ledger
   * @param encoded the certificate as it was shown
   */
  record Valid(CertificateRecord entry, Der encoded) implements ClientCertificate {}

  /** A subscriber certificate of ours outside its validity, and not revoked. */
  record Expired(CertificateRecord entry, Der encoded) implements ClientCertificate {}

  /** A subscriber certificate of ours that is revoked or on hold, expired or not. */
  record Revoked(CertificateRecord entry, Der encoded) implements ClientCertificate {}

  /**
   * Anything else: another CA's, another kind of ours, one our ledger does not know, or octets that
   * are no certificate. Nothing in it may be believed, so nothing of it is kept.
   */
  record Foreign() implements ClientCertificate {}
}
