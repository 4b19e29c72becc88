package dev.inkan.e2e;

import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.audit.ChainHash;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.audit.AuditFilter;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.JdbiAuditStore;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * Holds everything against everything after a fail-over: the ledger on the new primary, the
 * journals of all servers, what visitors hold, what clerks were told, what every server's OCSP and
 * CRL say.
 */
final class FailOverEvidence {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAGE = 1000;
  private static final String HALF_DONE =
      """
      SELECT 'certificate ' || serial_number FROM certificate WHERE state = 'PREPARED'
      UNION ALL
      SELECT 'application ' || id FROM certificate_application WHERE state = 'ISSUING'
      """;

  private final FailOverInstallation installation;
  private final Map<String, StatusClient> clients;
  private final FailOverLoad load;
  private final List<String> contradictions = new ArrayList<>();

  FailOverEvidence(
      FailOverInstallation installation, Map<String, StatusClient> clients, FailOverLoad load) {
    this.installation = installation;
    this.clients = clients;
    this.load = load;
  }

  /** Every contradiction, in words; empty if all is well. The servers run on. */
  List<String> contradictions() {
    awaitNothingHalfDone();
    awaitStatus();
    LedgerCopy ledger = installation.ledger();
    contradictions.addAll(KillEvidence.contradictions(load.received(), ledger, Instant.now()));
    checkAcknowledged(ledger);
    checkGivenUp(ledger);
    checkHolders(ledger);
    checkCrlNumbers();
    installation.inLedger(this::checkAuditTrail);
    return List.copyOf(contradictions);
  }

  private List<String> newPrimary(String sql) {
    return installation.pair().query(installation.pair().standby(), sql);
  }

  private void awaitNothingHalfDone() {
    Awaitility.await("the end of what a fault left half done")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> org.assertj.core.api.Assertions.assertThat(newPrimary(HALF_DONE)).isEmpty());
  }

  /** All servers come to say what the ledger says. */
  private void awaitStatus() {
    Set<BigInteger> revoked = new HashSet<>();
    Set<BigInteger> good = new HashSet<>();
    installation.ledger().rows().forEach(row -> (row.revoked() ? revoked : good).add(row.serial()));
    clients.forEach(
        (name, client) -> {
          Awaitility.await("the CRL of " + name)
              .atMost(PATIENCE)
              .until(
                  () ->
                      revoked.stream()
                          .allMatch(it -> client.crl().getRevokedCertificate(it) != null));
          revoked.stream()
              .map(SerialNumber::new)
              .filter(it -> !client.isRevoked(it))
              .forEach(it -> contradictions.add(name + " does not say that " + it + " is revoked"));
          good.stream()
              .map(SerialNumber::new)
              .filter(it -> !(client.ask(it).status() instanceof CertificateStatus.Good))
              .forEach(it -> contradictions.add(name + " does not say that " + it + " is good"));
        });
  }

  private void checkAcknowledged(LedgerCopy ledger) {
    Set<BigInteger> inLedger = revokedIn(ledger);
    load.revoked().stream()
        .filter(it -> !inLedger.contains(it.value()))
        .forEach(it -> contradictions.add(it + " was acknowledged as revoked, and is not"));
  }

  /** Nobody knows whether these were to be; ledger and journal must say the same. */
  private void checkGivenUp(LedgerCopy ledger) {
    Set<BigInteger> inLedger = revokedIn(ledger);
    Set<BigInteger> inJournal = new HashSet<>(ledger.revoked());
    load.givenUp().stream()
        .filter(it -> inLedger.contains(it.value()) != inJournal.contains(it.value()))
        .forEach(
            it ->
                contradictions.add(
                    it
                        + " is revoked in the "
                        + (inLedger.contains(it.value()) ? "ledger" : "journal")
                        + " alone"));
  }

  private static Set<BigInteger> revokedIn(LedgerCopy ledger) {
    return ledger.rows().stream()
        .filter(LedgerCopy.Row::revoked)
        .map(LedgerCopy.Row::serial)
        .collect(Collectors.toSet());
  }

  private void checkHolders(LedgerCopy ledger) {
    Set<String> holders =
        ledger.rows().stream()
            .filter(row -> row.state().equals("ISSUED") && !row.revoked())
            .map(LedgerCopy.Row::userId)
            .collect(Collectors.toSet());
    load.holdWithoutFile().stream()
        .filter(it -> !holders.contains(it))
        .forEach(it -> contradictions.add(it + " was told to have a certificate, and has none"));
  }

  private void checkCrlNumbers() {
    Set<String> taken = new TreeSet<>();
    for (FailOverInstallation.Server server : installation.servers()) {
      for (String number : LedgerCopy.crlNumbers(server.journal(), "issuing")) {
        if (!taken.add(number)) {
          contradictions.add("CRL number " + number + " was taken twice");
        }
      }
    }
    newPrimary("SELECT number FROM crl WHERE ca = 'issuing'").stream()
        .filter(it -> !taken.contains(it))
        .forEach(it -> contradictions.add("CRL " + it + " is in no journal"));
  }

  private boolean checkAuditTrail(Database database) {
    JdbiAuditStore store = new JdbiAuditStore(database);
    long number = 0;
    ChainHash hash = ChainHash.START;
    List<AuditRecord> page;
    do {
      page = store.after(number, AuditFilter.ALL, PAGE);
      for (AuditRecord found : page) {
        if (found.number() != number + 1 || !found.follows(hash)) {
          contradictions.add("the audit trail is broken at " + found.number());
        }
        number = found.number();
        hash = found.hash();
      }
    } while (page.size() == PAGE);
    return number > 0;
  }
}
