package dev.inkan.server.store;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.OperatorCertificates;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Unites one node's journal with the ledger before the node serves: what the journal knows and the
 * ledger forgot is put back, what was left half done is closed, and a contradiction stops the
 * start. It is to be run once, at the start, while the node does nothing else. Records are read one
 * after the other, twice; the certificates are never all in memory.
 */
public final class LedgerReconciliation {

  private static final String OPERATORS = OperatorCertificates.SUBSCRIBER_PREFIX;

  private static final int BATCH = 500;
  private static final int LINES_AT_MOST = 100;

  private final LedgerScan ledger;
  private final IssuerNames issuers;
  private final Transactions<RegistrationStores> transactions;
  private final FileJournal journal;
  private final NodeName node;
  private final Clock clock;
  private final StatusCarriedOver changes;

  private final List<String> lines = new ArrayList<>();
  private int restored;
  private int abandoned;

  public LedgerReconciliation(
      Database database,
      Transactions<RegistrationStores> transactions,
      FileJournal journal,
      NodeName node,
      Clock clock) {
    this.ledger = new LedgerScan(database);
    this.issuers = new IssuerNames(database);
    this.transactions = transactions;
    this.journal = journal;
    this.node = node;
    this.clock = clock;
    this.changes = new StatusCarriedOver(transactions, node, clock);
  }

  /**
   * What was done.
   *
   * @param restored certificates put back into the ledger
   * @param abandoned entries closed and revoked because their issue did not end
   * @param revoked revocations put back into the ledger
   * @param holds holds and releases put back into the ledger
   * @param failedApplications applications closed because their issue did not end
   * @param lines a sentence for the operator on each, the first hundred
   */
  public record Report(
      int restored,
      int abandoned,
      int revoked,
      int holds,
      int failedApplications,
      List<String> lines) {

    public Report {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Checks first, then repairs.
   *
   * @throws LedgerContradictionException if journal and ledger cannot both be right; nothing has
   *     been changed then
   */
  public Report reconcile() {
    journal.repair().ifPresent(this::tell);
    check();
    inBatches(this::repair);
    closePrepared();
    int failed = failUnfinished();
    return new Report(restored, abandoned, changes.revoked(), changes.holds(), failed, lines);
  }

  private void check() {
    LedgerCheck check = new LedgerCheck(ledger, node);
    inBatches(check::accept);
    check.finish();
  }

  private void inBatches(
      BiConsumer<JournalRecord.OfCertificate, Map<SerialNumber, LedgerScan.Entry>> action) {
    List<JournalRecord.OfCertificate> batch = new ArrayList<>(BATCH);
    journal.forEach(
        written -> {
          if (written instanceof JournalRecord.OfCertificate of
              && !(written instanceof JournalRecord.SerialReserved)) {
            batch.add(of);
          }
          if (batch.size() == BATCH) {
            flush(batch, action);
          }
        });
    flush(batch, action);
  }

  private void flush(
      List<JournalRecord.OfCertificate> batch,
      BiConsumer<JournalRecord.OfCertificate, Map<SerialNumber, LedgerScan.Entry>> action) {
    if (batch.isEmpty()) {
      return;
    }
    Map<SerialNumber, LedgerScan.Entry> entries =
        ledger.find(
            batch.stream().map(JournalRecord.OfCertificate::serialNumber).distinct().toList());
    batch.forEach(written -> action.accept(written, entries));
    batch.clear();
  }

  private void repair(
      JournalRecord.OfCertificate written, Map<SerialNumber, LedgerScan.Entry> entries) {
    LedgerScan.Entry entry = entries.get(written.serialNumber());
    if (written instanceof JournalRecord.Issued signed) {
      if (entry == null) {
        restore(signed);
      } else if (entry.state() == LedgerState.PREPARED) {
        abandon(signed.serialNumber(), signed.subscriber(), Optional.of(signed.certificate()));
      }
    } else if (entry == null || !entry.revokedForEver()) {
      // What the ledger says by now, and not when the batch was read, decides: a hold and its
      // release may stand side by side.
      changes.carryOver(written).ifPresent(this::tell);
    }
  }

  private void restore(JournalRecord.Issued signed) {
    SerialNumber serial = signed.serialNumber();
    CertificateRecord entry =
        CertificateRecord.prepared(
                serial,
                kindOf(signed),
                issuerOf(signed),
                signed.subscriber(),
                validity(serial, signed.certificate()),
                signed.at(),
                node)
            .issued();
    boolean done =
        transactions.inTransaction(
            stores -> {
              if (stores.certificates().find(serial).isPresent()) {
                return false;
              }
              stores.certificates().restore(entry, signed.certificate());
              audit(stores, AuditAction.CERTIFICATE_RESTORED, entry.subscriber(), serial);
              return true;
            });
    if (done) {
      restored++;
      tell("certificate " + serial + " was in the journal only: put back into the ledger");
    }
  }

  // The journal tells no kinds. A user's certificate must never be taken for an operator's or the
  // other way round: their policies differ, and so do the ledger's names of their holders.
  private static CertificateKind kindOf(JournalRecord.Issued signed) {
    return signed.subscriber().value().startsWith(OPERATORS)
        ? CertificateKind.OPERATOR
        : CertificateKind.SUBSCRIBER;
  }

  private CaName issuerOf(JournalRecord.Issued signed) {
    return issuers
        .find(signed.certificate())
        .orElseThrow(
            () ->
                new LedgerContradictionException(
                    "the journal's certificate "
                        + signed.serialNumber()
                        + " was issued by a CA that neither database nor journal knows: restore a"
                        + " newer backup of the database, from after the rollover"));
  }

  private static Validity validity(SerialNumber serial, Der certificate) {
    try {
      X509Certificate parsed =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate.toByteArray()));
      if (parsed.getSerialNumber().equals(serial.value())) {
        return new Validity(parsed.getNotBefore().toInstant(), parsed.getNotAfter().toInstant());
      }
    } catch (CertificateException e) {
      throw new IllegalStateException("the journal's certificate " + serial + " cannot be read", e);
    }
    throw new LedgerContradictionException(
        "the journal's certificate " + serial + " bears another serial number");
  }

  private void abandon(SerialNumber serial, SubscriberId subscriber, Optional<Der> signed) {
    // Else the journal alone would tell that the certificate holds, should the ledger be lost.
    signed.ifPresent(
        der -> journal.revoked(serial, CertificateRecord.abandonment(clock.instant())));
    boolean done =
        transactions.inTransaction(
            stores -> {
              boolean closed = stores.certificates().abandon(serial, clock.instant(), signed);
              if (closed) {
                audit(stores, AuditAction.CERTIFICATE_ABANDONED, subscriber, serial);
              }
              return closed;
            });
    if (done) {
      abandoned++;
      tell("certificate " + serial + " was left unfinished: closed, and counts as revoked");
    }
  }

  private void closePrepared() {
    List<CertificateRecord> left =
        transactions.inTransaction(stores -> stores.certificates().findPrepared(node));
    for (CertificateRecord entry : left) {
      abandon(entry.serialNumber(), entry.subscriber(), Optional.empty());
    }
  }

  private int failUnfinished() {
    int failed = transactions.inTransaction(this::failUnfinished);
    if (failed > 0) {
      tell(failed + " applications were left unfinished: closed as failed");
    }
    return failed;
  }

  private int failUnfinished(RegistrationStores stores) {
    int failed = stores.applications().failUnfinished(node);
    if (failed > 0) {
      audit(
          stores,
          AuditAction.APPLICATIONS_CLOSED,
          Optional.empty(),
          Optional.empty(),
          failed + " left unfinished at the last stop");
    }
    return failed;
  }

  private void audit(
      RegistrationStores stores, AuditAction action, SubscriberId subscriber, SerialNumber serial) {
    audit(
        stores,
        action,
        Optional.of(subscriber),
        Optional.of(serial),
        "journal and ledger united at start");
  }

  private void audit(
      RegistrationStores stores,
      AuditAction action,
      Optional<SubscriberId> subscriber,
      Optional<SerialNumber> serial,
      String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(),
                new Actor(Actor.Kind.SYSTEM, node.value()),
                action,
                subscriber,
                serial,
                detail));
  }

  private void tell(String line) {
    if (lines.size() < LINES_AT_MOST) {
      lines.add(line);
    }
  }
}
