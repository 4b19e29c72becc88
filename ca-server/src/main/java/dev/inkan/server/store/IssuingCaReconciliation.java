package dev.inkan.server.store;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.IssuingCaCertificates;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.authority.AuthorityStores;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Unites what one node's journal and the database know of issuing CAs, before either is held
 * against the other: a restored database gets back the CA that it has forgotten, and a journal
 * learns of the one that was made elsewhere.
 */
public final class IssuingCaReconciliation {

  private final Transactions<AuthorityStores> transactions;
  private final FileJournal journal;
  private final Host host;

  public IssuingCaReconciliation(
      Transactions<AuthorityStores> transactions, FileJournal journal, Host host) {
    this.transactions = transactions;
    this.journal = journal;
    this.host = host;
  }

  /**
   * Unites them.
   *
   * @param first the first issuing CA's certificate, which older databases do not have
   * @return a sentence on each that was put back into the database
   * @throws LedgerContradictionException if the two know different CAs of one name
   */
  public List<String> reconcile(Der first) {
    Map<CaName, JournalRecord.IssuingCaKnown> known = journal.issuingCas();
    List<String> lines = new ArrayList<>();
    Generations united =
        transactions.inTransaction(
            stores -> {
              Generations before = stores.issuingCas().lock();
              known.values().forEach(it -> putBack(stores, before, it).ifPresent(lines::add));
              if (before.first().certificate().isEmpty()) {
                stores.issuingCas().adopt(before.first().name(), first);
              }
              return stores.issuingCas().all();
            });
    united.all().forEach(it -> writeDown(known.get(it.name()), it));
    return lines;
  }

  private Optional<String> putBack(
      AuthorityStores stores, Generations before, JournalRecord.IssuingCaKnown written) {
    Optional<Generation> there = before.find(written.ca());
    requireSame(there, written);
    boolean forgotten = there.flatMap(Generation::certificate).isEmpty();
    boolean began = written.issuesFrom().isPresent();
    boolean notBegun = began && there.flatMap(Generation::issuesFrom).isEmpty();
    if (!forgotten && !notBegun) {
      return Optional.empty();
    }
    if (there.isEmpty()) {
      stores
          .issuingCas()
          .add(Generation.requested(Generation.numberOf(written.ca()), written.at()));
    }
    if (forgotten) {
      restore(stores, written);
    }
    written.issuesFrom().ifPresent(from -> stores.issuingCas().issueFrom(written.ca(), from));
    return Optional.of("issuing CA " + written.ca() + " was in the journal only: put back");
  }

  private static void requireSame(
      Optional<Generation> there, JournalRecord.IssuingCaKnown written) {
    there
        .flatMap(Generation::certificate)
        .filter(stored -> !stored.equals(written.certificate()))
        .ifPresent(
            stored -> {
              throw new LedgerContradictionException(
                  "two issuing CAs are called "
                      + written.ca()
                      + ": the journal has SHA-256 "
                      + Fingerprint.of(written.certificate())
                      + ", the database "
                      + Fingerprint.of(stored)
                      + ". One of them was restored from before a rollover that was then done"
                      + " again: restore both from backups of one time, and keep these files");
            });
  }

  private void restore(AuthorityStores stores, JournalRecord.IssuingCaKnown written) {
    stores.issuingCas().certify(written.ca(), written.certificate(), written.at());
    CertificateRecord entry =
        IssuingCaCertificates.entry(written.ca(), written.certificate(), host);
    if (stores.certificates().find(entry.serialNumber()).isEmpty()) {
      stores.certificates().restore(entry, written.certificate());
      stores
          .audit()
          .append(
              new AuditEvent(
                  host.clock().instant(),
                  new Actor(Actor.Kind.SYSTEM, host.node().value()),
                  AuditAction.CERTIFICATE_RESTORED,
                  Optional.of(entry.subscriber()),
                  Optional.of(entry.serialNumber()),
                  "journal and ledger united at start"));
    }
  }

  /** The first one stands in the journal's first line. */
  private void writeDown(JournalRecord.@Nullable IssuingCaKnown written, Generation ca) {
    Instant now = host.clock().instant();
    boolean news = written == null || !written.issuesFrom().equals(ca.issuesFrom());
    if (ca.number() > Generation.FIRST && news) {
      ca.certificate().ifPresent(it -> journal.issuingCa(ca.name(), ca.issuesFrom(), it, now));
    }
  }
}
