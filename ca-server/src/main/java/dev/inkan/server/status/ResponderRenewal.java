package dev.inkan.server.status;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.OcspResponderCertificates;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.registration.RegistrationStores;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the next key and certificate of the responder, records them and puts them into the file.
 * Safe for use by several threads.
 */
public final class ResponderRenewal {

  private static final Logger LOG = LoggerFactory.getLogger(ResponderRenewal.class);

  private final OcspResponderCertificates certificates;
  private final String organisation;
  private final AuthorityKey place;
  private final Transactions<RegistrationStores> transactions;
  private final Host host;
  private final ClockPolicy clocks;

  /**
   * @param organisation whose responder it is, for its subject
   */
  public ResponderRenewal(
      OcspResponderCertificates certificates,
      String organisation,
      AuthorityKey place,
      Transactions<RegistrationStores> transactions,
      Host host,
      ClockPolicy clocks) {
    this.certificates = certificates;
    this.organisation = organisation;
    this.place = place;
    this.transactions = transactions;
    this.host = host;
    this.clocks = clocks;
  }

  /** As {@link #renew(Actor)}, in this server's own name. */
  public CertifiedKey renew() {
    return renew(new Actor(Actor.Kind.SYSTEM, host.node().value()));
  }

  /**
   * Makes another key at once, however long the one before would last. Servers that share the file
   * take it up within seconds.
   *
   * @return what was made
   * @throws IllegalStateException if the clock is too far off the database's to sign anything
   * @throws dev.inkan.core.store.StoreUnavailableException if it cannot be recorded; the file is as
   *     it was
   * @throws java.io.UncheckedIOException if it cannot be written; the file is as it was
   */
  public CertifiedKey renew(Actor actor) {
    Instant now = host.clock().instant();
    Instant databaseTime = transactions.inTransaction(stores -> stores.databaseTime());
    if (clocks.isSuspicious(now, databaseTime)) {
      throw new IllegalStateException(
          "the clock says " + now + " and the database's " + databaseTime);
    }
    CertifiedKey made = certificates.make(organisation);
    // First the ledger: a certificate in use is one that is known.
    Boolean unused =
        transactions.inTransaction(
            stores -> {
              record(stores, made, actor);
              return true;
            });
    place.replace(made.credential());
    LOG.info("status: a new responder certificate holds until {}", made.entry().validity().end());
    return made;
  }

  private void record(RegistrationStores stores, CertifiedKey made, Actor actor) {
    stores.certificates().restore(made.entry(), made.credential().certificate());
    stores
        .audit()
        .append(
            new AuditEvent(
                host.clock().instant(),
                actor,
                AuditAction.RESPONDER_RENEWED,
                Optional.of(made.entry().subscriber()),
                Optional.of(made.entry().serialNumber()),
                "valid to " + made.entry().validity().notAfter()));
  }
}
