package dev.inkan.core.api;

import dev.inkan.core.certificate.CertificateKind;
import java.time.Instant;
import java.util.Optional;

/**
 * One certificate of the ledger.
 *
 * @param serialNumber lower-case hexadecimal
 * @param subscriber the ledger's own name of the holder
 * @param file what became of the PKCS#12; empty for what was not issued through the flow
 */
public record Certificate(
    String serialNumber,
    CertificateKind kind,
    CertificateState state,
    String subscriber,
    Optional<String> userId,
    Optional<String> userName,
    Optional<String> organisation,
    Optional<String> organisationName,
    Instant issuedAt,
    Instant notBefore,
    Instant notAfter,
    Optional<Revocation> revocation,
    Optional<String> fingerprint,
    Optional<FileDelivery> file) {}
