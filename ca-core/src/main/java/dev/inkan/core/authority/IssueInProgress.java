package dev.inkan.core.authority;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.IssueFailedException.Stage;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.issue.CertificateSigner;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.key.SubscriberKey;
import dev.inkan.core.store.Stores;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One issue from its recorded serial number on: key, signature, file, journal, ledger. The file is
 * made before the certificate counts, so that no crash leaves one that counts without its file.
 */
final class IssueInProgress<S extends Stores> {

  private final Ledger<S> ledger;
  private final SubscriberCertificates certificates;
  private final TrustedClock clock;
  private final IssueClosing<S> closing;
  private final CertificateRecord entry;

  IssueInProgress(
      Ledger<S> ledger,
      SubscriberCertificates certificates,
      TrustedClock clock,
      IssueClosing<S> closing,
      CertificateRecord entry) {
    this.ledger = ledger;
    this.certificates = certificates;
    this.clock = clock;
    this.closing = closing;
    this.entry = entry;
  }

  IssueOutcome finish(SubscriberRequest request, Passphrase passphrase, Completion<S> completion) {
    try (SubscriberKey key = at(Stage.KEY, Optional.empty(), certificates::takeKey)) {
      CertificateSigner.Prepared prepared =
          at(
              Stage.PREPARE,
              Optional.empty(),
              () -> certificates.prepare(request, entry.serialNumber(), entry.validity(), key));
      Der certificate = at(Stage.SIGN, Optional.empty(), () -> certificates.sign(prepared));
      Optional<Der> signed = Optional.of(certificate);
      Der pfx =
          at(Stage.PACK, signed, () -> certificates.pack(request, key, certificate, passphrase));
      at(Stage.JOURNAL, signed, () -> writeJournal(certificate));
      IssueOutcome.Issued issued = new IssueOutcome.Issued(entry.issued(), certificate, pfx);
      return record(issued, completion);
    }
  }

  private boolean writeJournal(Der certificate) {
    ledger.journal().issued(entry.serialNumber(), entry.subscriber(), certificate, clock.instant());
    return true;
  }

  private IssueOutcome record(IssueOutcome.Issued issued, Completion<S> completion) {
    try {
      return ledger
          .transactions()
          .inTransaction(
              stores -> {
                markIssued(stores, issued);
                completion.issued(stores, issued);
                return issued;
              });
    } catch (RuntimeException e) {
      return afterFailedRecord(issued, e);
    }
  }

  private IssueOutcome afterFailedRecord(IssueOutcome.Issued issued, RuntimeException e) {
    Optional<LedgerState> state = closing.stateAfter(entry, e);
    if (state.equals(Optional.of(LedgerState.ISSUED))) {
      return issued; // committed after all; only the answer was lost
    }
    if (state.isEmpty()) {
      // Nobody knows, so nobody says that it is revoked until the ledger can be asked.
      closing.closeLater(
          entry.serialNumber(), entry.subscriber(), Optional.of(issued.certificate()));
      throw new IssueFailedException(entry.serialNumber(), Stage.RECORD, e);
    }
    throw failed(Stage.RECORD, Optional.of(issued.certificate()), e);
  }

  private void markIssued(Stores stores, IssueOutcome.Issued issued) {
    SerialNumber serialNumber = entry.serialNumber();
    if (!stores.certificates().markIssued(serialNumber, issued.certificate())) {
      throw new IllegalStateException("entry was closed meanwhile: the issue took too long");
    }
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(),
                new Actor(Actor.Kind.SUBSCRIBER, entry.subscriber().value()),
                AuditAction.CERTIFICATE_ISSUED,
                Optional.of(entry.subscriber()),
                Optional.of(serialNumber),
                "valid to " + entry.validity().notAfter()));
  }

  private <R> R at(Stage stage, Optional<Der> signed, Supplier<R> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      throw failed(stage, signed, e);
    }
  }

  private IssueFailedException failed(Stage stage, Optional<Der> signed, RuntimeException cause) {
    IssueFailedException failure = new IssueFailedException(entry.serialNumber(), stage, cause);
    closing.abandon(entry, signed, stage, failure);
    return failure;
  }
}
