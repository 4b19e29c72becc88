package dev.inkan.server.registration.application;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.registration.secret.SealedSecret;
import java.time.Instant;
import java.util.Optional;

/**
 * The outcome of an application: the certificate and, for a short time, its sealed PKCS#12.
 *
 * @param name the file's name (A11)
 * @param sealed the PKCS#12 under a key derived from the session token; gone after {@code until}
 * @param deliveredAt the first complete download
 */
public record IssuedFile(
    SerialNumber serialNumber,
    String name,
    Optional<SealedSecret> sealed,
    Instant until,
    Optional<Instant> deliveredAt) {}
