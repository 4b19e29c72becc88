package dev.inkan.server.registration;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.SubscriberId;
import java.util.function.Function;

/**
 * Tells the holder of a certificate, and the organisation's master user, what became of it (D6).
 */
final class HolderMails {

  private HolderMails() {}

  static void issued(RegistrationStores stores, CertificateRecord entry) {
    tell(
        stores,
        entry.subscriber(),
        holder -> reader -> new Notice.Issued(reader, holder, entry.validity()));
  }

  static void revoked(RegistrationStores stores, CertificateRecord entry) {
    CertificateStatus.Revoked by = entry.revocation().orElseThrow();
    tell(
        stores,
        entry.subscriber(),
        holder ->
            reader -> new Notice.Revoked(reader, holder, entry.validity(), by.reason(), by.at()));
  }

  private static void tell(
      RegistrationStores stores,
      SubscriberId subscriber,
      Function<UserId, Function<UserId, Notice>> notices) {
    HolderStore holders = stores.holders();
    holders
        .userId(subscriber)
        .map(notices)
        .ifPresent(
            notice -> {
              stores.users().find(subscriber).ifPresent(holder -> add(stores, holder, notice));
              holders
                  .master(subscriber)
                  .filter(master -> !master.id().equals(subscriber))
                  .ifPresent(master -> add(stores, master, notice));
            });
  }

  private static void add(RegistrationStores stores, User reader, Function<UserId, Notice> notice) {
    stores.outbox().add(OutgoingMail.to(reader, notice.apply(reader.userId())));
  }
}
