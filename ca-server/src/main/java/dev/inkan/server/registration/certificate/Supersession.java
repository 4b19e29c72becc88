package dev.inkan.server.registration.certificate;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.access.LogIn;
import dev.inkan.server.registration.user.User;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Revokes a user's older certificates once a newer one has logged in, where the bank wants that
 * (A7): the new one evidently works. Safe for several threads.
 */
public final class Supersession implements LogIn.FollowUp {

  private static final Logger LOG = LoggerFactory.getLogger(Supersession.class);

  private final Transactions<? extends CertificateStores> transactions;
  private final CertificateRevocation revocation;
  private final Clock clock;

  public Supersession(
      Transactions<? extends CertificateStores> transactions,
      CertificateRevocation revocation,
      Clock clock) {
    this.transactions = transactions;
    this.revocation = revocation;
    this.clock = clock;
  }

  @Override
  public void loggedIn(User user, CertificateRecord used) {
    try {
      Instant now = clock.instant();
      for (CertificateRecord older : olderThan(used, now)) {
        revocation.revoke(
            older.serialNumber(),
            Revocation.because(RevocationReason.SUPERSEDED),
            new Actor(Actor.Kind.SUBSCRIBER, user.userId().value()));
        LOG.info("certificate {} of {} superseded", older.serialNumber(), user.userId());
      }
    } catch (RuntimeException e) {
      // The user is who they are all the same; what is left is found at the next log-in.
      LOG.error(
          "an older certificate of {} could not be revoked as superseded; the next log-in tries"
              + " again",
          user.userId(),
          e);
    }
  }

  private List<CertificateRecord> olderThan(CertificateRecord used, Instant now) {
    return transactions
        .inTransaction(stores -> stores.certificates().findBySubscriber(used.subscriber()))
        .stream()
        .filter(entry -> entry.kind() == CertificateKind.SUBSCRIBER && entry.isValidAt(now))
        .filter(entry -> entry.preparedAt().isBefore(used.preparedAt()))
        .toList();
  }
}
