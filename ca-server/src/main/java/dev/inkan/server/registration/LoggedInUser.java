package dev.inkan.server.registration;

import dev.inkan.core.certificate.CertificateRecord;
import java.time.Instant;

/**
 * A logged-in user and the certificate they came with (C7).
 *
 * @param renewalOpens from when on the certificate may be renewed
 * @param renewalOpen whether a new certificate may be applied for now
 */
public record LoggedInUser(
    User user, CertificateRecord certificate, Instant renewalOpens, boolean renewalOpen) {}
