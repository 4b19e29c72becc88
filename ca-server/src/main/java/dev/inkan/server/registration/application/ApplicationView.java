package dev.inkan.server.registration.application;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.server.registration.user.User;
import java.util.Optional;

/**
 * An application and whose it is, as one browser session sees them.
 *
 * @param certificate the ledger's entry, once the application ended in one
 */
public record ApplicationView(
    User user, Application application, Optional<CertificateRecord> certificate) {

  static ApplicationView of(ApplicationStores stores, User user, Application application) {
    return new ApplicationView(
        user,
        application,
        application.file().flatMap(file -> stores.certificates().find(file.serialNumber())));
  }
}
