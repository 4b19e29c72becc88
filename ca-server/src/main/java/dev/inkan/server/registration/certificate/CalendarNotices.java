package dev.inkan.server.registration.certificate;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.policy.ExpiryNotice;
import dev.inkan.core.policy.ExpiryNotices;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.user.User;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells holders by mail that their certificate can be renewed, and that it ended unrenewed (A4).
 *
 * <p>One run looks at everybody. Each holder has a transaction of their own, in which the mail is
 * queued and the telling is noted: whenever a run dies, and however many run at once, everybody is
 * told once. Safe for several threads and several servers.
 */
public final class CalendarNotices implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(CalendarNotices.class);
  private static final int PAGE = 200;

  private final Transactions<? extends CertificateStores> transactions;
  private final ExpiryNotices notices;
  private final Clock clock;

  public CalendarNotices(
      Transactions<? extends CertificateStores> transactions, ExpiryNotices notices, Clock clock) {
    this.transactions = transactions;
    this.notices = notices;
    this.clock = clock;
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    for (ExpiryNotices.Round round : notices.rounds(now)) {
      int told = run(round, now);
      if (told > 0) {
        LOG.info("{} told to {} holders", round.notice().kind(), told);
      }
    }
  }

  private int run(ExpiryNotices.Round round, Instant now) {
    int told = 0;
    Optional<SerialNumber> after = Optional.empty();
    List<CertificateRecord> page;
    do {
      page = page(round, after);
      for (CertificateRecord certificate : page) {
        after = Optional.of(certificate.serialNumber());
        if (tell(round, certificate, now)) {
          told++;
        }
      }
    } while (page.size() == PAGE);
    return told;
  }

  private List<CertificateRecord> page(ExpiryNotices.Round round, Optional<SerialNumber> after) {
    return transactions.inTransaction(stores -> stores.calendar().due(round, after, PAGE));
  }

  /** One holder's failure is not to keep the others' mails back; the next run tries it again. */
  private boolean tell(ExpiryNotices.Round round, CertificateRecord certificate, Instant now) {
    try {
      return transactions.inTransaction(stores -> tell(stores, round, certificate, now));
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error(
          "the holder of certificate {} could not be told {}; the next run tries again",
          certificate.serialNumber(),
          round.notice().kind(),
          e);
      return false;
    }
  }

  private boolean tell(
      CertificateStores stores,
      ExpiryNotices.Round round,
      CertificateRecord certificate,
      Instant now) {
    // The lock is the too: nobody renews between the look and the mail.
    if (!stores.certificates().lock(certificate.subscriber())
        || !stores.calendar().note(certificate.serialNumber(), round, now)) {
      return false;
    }
    User holder = stores.users().find(certificate.subscriber()).orElseThrow();
    stores.outbox().add(mail(round.notice(), holder, certificate, now));
    return true;
  }

  private OutgoingMail mail(
      ExpiryNotice due, User holder, CertificateRecord certificate, Instant now) {
    Notice notice =
        due instanceof ExpiryNotice.Expired
            ? new Notice.Expired(holder.userId(), certificate.validity())
            : new Notice.Expiring(
                holder.userId(),
                certificate.validity(),
                notices.calendar().daysLeft(certificate.validity(), now));
    OutgoingMail mail = OutgoingMail.to(holder, notice).about(certificate.serialNumber());
    return notices.pointlessFrom(due, certificate.validity()).map(mail::before).orElse(mail);
  }
}
