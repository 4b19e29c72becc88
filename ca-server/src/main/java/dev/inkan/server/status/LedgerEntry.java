package dev.inkan.server.status;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.SerialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * What the ledger tells of one certificate that may have to stand on a CRL.
 *
 * @param revocation present while it is revoked or on hold
 * @param released when it was last released from a hold
 * @param change when it last changed, counted
 */
public record LedgerEntry(
    SerialNumber serialNumber,
    Optional<CertificateStatus.Revoked> revocation,
    Optional<Instant> released,
    Instant notAfter,
    long change) {}
