package dev.inkan.server.store;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.CertificateStore;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Carries revocations, holds and releases over from the journal, in its order. A revocation is for
 * ever; of holds and releases the ledger takes none that is older than what it knows itself, so a
 * journal that is read again neither holds what was released nor releases what is held.
 */
final class StatusCarriedOver {

  private final Transactions<RegistrationStores> transactions;
  private final NodeName node;
  private final Clock clock;

  private int revoked;
  private int holds;

  StatusCarriedOver(Transactions<RegistrationStores> transactions, NodeName node, Clock clock) {
    this.transactions = transactions;
    this.node = node;
    this.clock = clock;
  }

  int revoked() {
    return revoked;
  }

  int holds() {
    return holds;
  }

  /** What was done, in a sentence for the operator, if anything was. */
  Optional<String> carryOver(JournalRecord.OfCertificate written) {
    SerialNumber serial = written.serialNumber();
    if (written instanceof JournalRecord.Released released) {
      return change(
          serial,
          AuditAction.CERTIFICATE_RELEASED,
          store -> store.release(serial, released.at()),
          "was released in the journal only: released in the ledger");
    }
    if (!(written instanceof JournalRecord.Revoked revocation)) {
      return Optional.empty();
    }
    CertificateStatus.Revoked by = revocation.revocation();
    if (by.isHold()) {
      return change(
          serial,
          AuditAction.CERTIFICATE_HELD,
          store -> store.hold(serial, by),
          "was put on hold in the journal only: on hold in the ledger");
    }
    return change(
        serial,
        AuditAction.CERTIFICATE_REVOKED,
        store -> store.revoke(serial, by),
        "was revoked in the journal only: revoked in the ledger");
  }

  private Optional<String> change(
      SerialNumber serial, AuditAction action, Predicate<CertificateStore> act, String told) {
    boolean done =
        transactions.inTransaction(
            stores -> {
              if (!act.test(stores.certificates())) {
                return false;
              }
              audit(stores, action, serial);
              return true;
            });
    if (!done) {
      return Optional.empty();
    }
    if (action == AuditAction.CERTIFICATE_REVOKED) {
      revoked++;
    } else {
      holds++;
    }
    return Optional.of("certificate " + serial + " " + told);
  }

  private void audit(RegistrationStores stores, AuditAction action, SerialNumber serial) {
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(),
                new Actor(Actor.Kind.SYSTEM, node.value()),
                action,
                Optional.of(stores.certificates().find(serial).orElseThrow().subscriber()),
                Optional.of(serial),
                "journal and ledger united at start"));
  }
}
