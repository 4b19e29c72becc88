package dev.inkan.server.registration.certificate;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.time.Instant;
import java.util.function.Function;

/**
 * Tells the holder of a certificate, and the organisation's master user, what became of it (D6).
 */
public final class HolderMails {

  private HolderMails() {}

  /** Tells them in the transaction that changes it. */
  public static void issued(CertificateStores stores, CertificateRecord entry) {
    tell(
        stores,
        entry.subscriber(),
        holder -> reader -> new Notice.Issued(reader, holder, entry.validity()));
  }

  /** Tells them in the transaction that changes it. */
  public static void revoked(CertificateStores stores, CertificateRecord entry) {
    CertificateStatus.Revoked by = entry.revocation().orElseThrow();
    tell(
        stores,
        entry.subscriber(),
        holder ->
            reader -> new Notice.Revoked(reader, holder, entry.validity(), by.reason(), by.at()));
  }

  /** Tells them in the transaction that changes it. */
  public static void held(CertificateStores stores, CertificateRecord entry) {
    Instant at = entry.revocation().orElseThrow().at();
    tell(
        stores,
        entry.subscriber(),
        holder -> reader -> new Notice.Held(reader, holder, entry.validity(), at));
  }

  /** Tells them in the transaction that changes it. */
  public static void released(CertificateStores stores, CertificateRecord entry) {
    tell(
        stores,
        entry.subscriber(),
        holder -> reader -> new Notice.Released(reader, holder, entry.validity()));
  }

  private static void tell(
      CertificateStores stores,
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

  private static void add(CertificateStores stores, User reader, Function<UserId, Notice> notice) {
    stores.outbox().add(OutgoingMail.to(reader, notice.apply(reader.userId())));
  }
}
