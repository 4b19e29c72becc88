package dev.inkan.server.store;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.status.SerialSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks for contradictions between one node's journal and the ledger. Changes nothing. */
final class LedgerCheck {

  private static final int NAMED_AT_MOST = 10;

  private final LedgerScan ledger;
  private final NodeName node;
  private final SerialSet issued = new SerialSet();
  private final List<SerialNumber> revokedWithoutEntry = new ArrayList<>();

  LedgerCheck(LedgerScan ledger, NodeName node) {
    this.ledger = ledger;
    this.node = node;
  }

  /** Takes the journal's next record, and what the ledger has of the serial numbers around it. */
  void accept(JournalRecord.OfCertificate written, Map<SerialNumber, LedgerScan.Entry> entries) {
    LedgerScan.Entry entry = entries.get(written.serialNumber());
    if (written instanceof JournalRecord.Issued signed) {
      issued.add(signed.serialNumber());
      if (entry != null) {
        requireSame(signed, entry);
      }
    } else if (written instanceof JournalRecord.Revoked && entry == null) {
      revokedWithoutEntry.add(written.serialNumber());
    }
  }

  /**
   * To be called after the last record.
   *
   * @throws LedgerContradictionException if one has what the other must have and has not
   */
  void finish() {
    issued.seal();
    requireEntriesOfRevoked();
    requireIssuedInJournal();
  }

  private static void requireSame(JournalRecord.Issued signed, LedgerScan.Entry entry) {
    Fingerprint written = Fingerprint.of(signed.certificate());
    entry
        .fingerprint()
        .filter(stored -> !stored.equals(written))
        .ifPresent(
            stored -> {
              throw new LedgerContradictionException(
                  "two certificates with serial number "
                      + signed.serialNumber()
                      + ": the journal has SHA-256 "
                      + written
                      + ", the ledger "
                      + stored
                      + ". Database and journal are not of the same CA, or one was altered:"
                      + " restore both from backups of one time, and keep these files");
            });
  }

  private void requireEntriesOfRevoked() {
    List<SerialNumber> unknown =
        revokedWithoutEntry.stream().filter(serial -> !issued.contains(serial)).toList();
    if (!unknown.isEmpty()) {
      throw new LedgerContradictionException(
          "the journal of node "
              + node
              + " revoked certificates that the ledger has never seen: "
              + named(unknown, unknown.size())
              + ". The database was restored from before they were issued: start the nodes that"
              + " issued them first, or restore a newer backup");
    }
  }

  private void requireIssuedInJournal() {
    List<SerialNumber> missing = new ArrayList<>();
    long[] count = {0};
    ledger.forEachIssued(
        node,
        serial -> {
          if (!issued.contains(serial)) {
            count[0]++;
            if (missing.size() < NAMED_AT_MOST) {
              missing.add(serial);
            }
          }
        });
    if (count[0] > 0) {
      throw new LedgerContradictionException(
          "the ledger has certificates that node "
              + node
              + " issued and its journal does not know: "
              + named(missing, count[0])
              + ". The journal was lost, cut or exchanged, and revocations may be missing with it:"
              + " put the right journal in its place, or restore its newest copy");
    }
  }

  private static String named(List<SerialNumber> serials, long count) {
    List<String> first = serials.stream().limit(NAMED_AT_MOST).map(SerialNumber::toString).toList();
    String more = count > first.size() ? " and " + (count - first.size()) + " more" : "";
    return String.join(", ", first) + more;
  }
}
