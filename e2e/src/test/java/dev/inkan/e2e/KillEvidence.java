package dev.inkan.e2e;

import dev.inkan.core.certificate.Der;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds every file that was handed out against the ledger and the journal of the killed server (S8,
 * S9, A8).
 */
final class KillEvidence {

  /** Certificates that end later than this from now are outside the renewal window for certain. */
  private static final Duration RENEWAL_WINDOW = Duration.ofDays(31);

  /** A file a visitor received, opened. */
  record Received(String userId, String fileName, X509Certificate leaf) {

    static Received open(String userId, String password, FlowClient.IssuedFile file) {
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(file.octets().toByteArray()), password.toCharArray());
        for (String alias : Collections.list(store.aliases())) {
          if (store.isKeyEntry(alias)) {
            return new Received(userId, file.name(), (X509Certificate) store.getCertificate(alias));
          }
        }
        throw new AssertionError("a file without a key was handed to " + userId);
      } catch (GeneralSecurityException | IOException e) {
        throw new AssertionError("a file that does not open was handed to " + userId, e);
      }
    }
  }

  private final LedgerCopy ledger;
  private final Instant now;
  private final List<String> contradictions = new ArrayList<>();

  private KillEvidence(LedgerCopy ledger, Instant now) {
    this.ledger = ledger;
    this.now = now;
  }

  /** Every contradiction, in words; empty if all is well. */
  static List<String> contradictions(List<Received> received, LedgerCopy ledger, Instant now) {
    var evidence = new KillEvidence(ledger, now);
    received.forEach(evidence::checkReceived);
    evidence.checkJournal();
    evidence.checkBurntInJournal();
    evidence.checkOneSerialEach();
    evidence.checkOneCertificateEach();
    return evidence.contradictions;
  }

  private void checkReceived(Received file) {
    X509Certificate leaf = file.leaf();
    Der der = encoded(leaf);
    String what = "the file of " + file.userId() + ", serial " + hex(leaf.getSerialNumber());
    if (!file.fileName().startsWith(file.userId())) {
      contradictions.add(what + ", is named " + file.fileName());
    }
    boolean issued =
        ledger.rows().stream()
            .anyMatch(row -> isIssuedAs(row, leaf, der) && row.userId().equals(file.userId()));
    if (!issued) {
      contradictions.add(what + ", is not in the ledger as issued with the same octets");
    }
    if (ledger.journal().stream().noneMatch(entry -> entry.der().equals(der))) {
      contradictions.add(what + ", is not in the journal");
    }
  }

  private static boolean isIssuedAs(LedgerCopy.Row row, X509Certificate leaf, Der der) {
    return row.serial().equals(leaf.getSerialNumber())
        && row.state().equals("ISSUED")
        && row.der().equals(Optional.of(der));
  }

  private void checkJournal() {
    for (LedgerCopy.Row row : ledger.rows()) {
      boolean journalled =
          ledger.journal().stream()
              .anyMatch(
                  entry ->
                      entry.serial().equals(row.serial())
                          && row.der().equals(Optional.of(entry.der())));
      if (row.state().equals("ISSUED") && !journalled) {
        contradictions.add(hex(row.serial()) + " is issued in the ledger, not in the journal");
      }
    }
  }

  /** Else a ledger restored from the journal would take a burnt certificate for a good one. */
  private void checkBurntInJournal() {
    for (LedgerCopy.Row row : ledger.rows()) {
      boolean signed =
          ledger.journal().stream().anyMatch(entry -> entry.serial().equals(row.serial()));
      if (row.revoked() && signed && !ledger.revoked().contains(row.serial())) {
        contradictions.add(hex(row.serial()) + " is revoked in the ledger, not in the journal");
      }
      if (!ledger.reserved().contains(row.serial())) {
        contradictions.add(hex(row.serial()) + " is in the ledger, never reserved in the journal");
      }
    }
  }

  private void checkOneSerialEach() {
    count(ledger.reserved(), Function.identity())
        .forEach((serial, times) -> contradictions.add(hex(serial) + " was reserved " + times));
    Map<BigInteger, Der> seen = new HashMap<>();
    for (LedgerCopy.Issued entry : ledger.journal()) {
      Der before = seen.putIfAbsent(entry.serial(), entry.der());
      if (before != null && !before.equals(entry.der())) {
        contradictions.add("serial " + hex(entry.serial()) + " was signed twice");
      }
    }
    count(ledger.rows(), LedgerCopy.Row::serial)
        .forEach((serial, rows) -> contradictions.add(hex(serial) + " has " + rows + " rows"));
  }

  private void checkOneCertificateEach() {
    List<LedgerCopy.Row> current =
        ledger.rows().stream()
            .filter(row -> row.state().equals("ISSUED") && !row.revoked())
            .filter(row -> row.notAfter().isAfter(now.plus(RENEWAL_WINDOW)))
            .toList();
    count(current, LedgerCopy.Row::userId)
        .forEach((user, rows) -> contradictions.add(user + " has " + rows + " certificates (A8)"));
  }

  /** How often each key occurs, the single ones left out. */
  private static <T, K> Map<K, Long> count(List<T> all, Function<T, K> key) {
    return all.stream()
        .collect(Collectors.groupingBy(key, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() > 1)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Der encoded(X509Certificate certificate) {
    try {
      return Der.copyOf(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a certificate without octets", e);
    }
  }

  private static String hex(BigInteger serial) {
    return serial.toString(16);
  }
}
