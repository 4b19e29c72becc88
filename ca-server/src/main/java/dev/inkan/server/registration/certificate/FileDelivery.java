package dev.inkan.server.registration.certificate;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.application.Application;
import dev.inkan.server.registration.application.ApplicationView;
import dev.inkan.server.registration.application.CertificateApplications;
import dev.inkan.server.registration.application.IssuedFile;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.registration.user.User;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Step ⑧: hands the sealed file to the browser it was made for, while its time lasts (B16, B17).
 * Safe for several threads.
 */
public final class FileDelivery {

  private final Transactions<? extends CertificateStores> transactions;
  private final CertificateApplications applications;
  private final Clock clock;

  public FileDelivery(
      Transactions<? extends CertificateStores> transactions,
      CertificateApplications applications,
      Clock clock) {
    this.transactions = transactions;
    this.applications = applications;
    this.clock = clock;
  }

  /**
   * The opened file; {@link #delivered} is called once its last octet is on its way.
   *
   * @param pfx the PKCS#12; the receiver does not keep it
   */
  @SuppressWarnings("ArrayRecordComponent") // lives for one response and is never compared
  public record Download(ApplicationView view, String name, byte[] pfx) {}

  /** The file of this browser, or nothing if there is none or its time is over. */
  public Optional<Download> open(SessionToken token) {
    return applications
        .find(token)
        .flatMap(view -> view.application().file().flatMap(file -> open(token, view, file)));
  }

  private Optional<Download> open(SessionToken token, ApplicationView view, IssuedFile file) {
    if (!clock.instant().isBefore(file.until())) {
      return Optional.empty();
    }
    return file.sealed()
        .flatMap(kept -> token.sealKey().open(kept, CertificateIssue.FILE_PURPOSE))
        .map(pfx -> new Download(view, file.name(), pfx));
  }

  /** Notes that the whole file was handed over. */
  public void delivered(Download download) {
    Instant now = clock.instant();
    transactions.inTransaction(
        stores -> {
          Application application = download.view().application();
          boolean first = stores.applications().delivered(application.id(), now);
          User user = download.view().user();
          stores
              .audit()
              .append(
                  new AuditEvent(
                      now,
                      new Actor(Actor.Kind.SUBSCRIBER, user.userId().value()),
                      AuditAction.FILE_DELIVERED,
                      Optional.of(user.id()),
                      application.file().map(IssuedFile::serialNumber),
                      first ? "" : "again"));
          return true;
        });
  }
}
