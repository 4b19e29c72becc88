package dev.inkan.server.registration;

import dev.inkan.core.certificate.CertificateRecord;
import java.util.Optional;

/**
 * An application and whose it is, as one browser session sees them.
 *
 * @param certificate the ledger's entry, once the application ended in one
 */
public record ApplicationView(
    User user, Application application, Optional<CertificateRecord> certificate) {}
