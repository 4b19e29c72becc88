package dev.inkan.server.doctor;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.Credential;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Standing;
import dev.inkan.server.health.OwnCertificate;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.key.AuthorityKeys;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys of every issuing CA that signs and of its responder, and those that nobody needs any
 * more. For one thread.
 */
final class IssuingKeyExamination implements Examination {

  private static final String PART = OpenedKey.PART;

  private final AuthorityKeys keys;
  private final List<KnownCa> cas;
  private final boolean answers;
  private final Instant now;
  private final Map<CaName, Credential> opened = new LinkedHashMap<>();

  /**
   * @param cas the oldest first; never empty
   * @param answers whether the server answers OCSP requests, with keys of responders
   */
  IssuingKeyExamination(AuthorityKeys keys, List<KnownCa> cas, boolean answers, Instant now) {
    this.answers = answers;
    this.keys = keys;
    this.cas = List.copyOf(cas);
    this.now = now;
  }

  /** Those whose keys are here, as they are without a database: the first one, and what follows. */
  static List<KnownCa> byTheirKeys(AuthorityKeys keys) {
    List<KnownCa> found = new ArrayList<>();
    int number = Generation.FIRST;
    do {
      found.add(KnownCa.ofKey(number));
      number++;
    } while (!OpenedKey.isMissing(keys.issuing(number)));
    return found;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    for (KnownCa ca : cas) {
      if (ca.signs()) {
        issuing(ca, findings);
      } else if (ca.standing() == Standing.RETIRED) {
        retired(ca, findings);
      }
    }
    cas.stream().filter(ca -> answers && ca.signs()).forEach(ca -> responder(ca, findings));
    return findings;
  }

  /** The key of the CA of this name, if it could be opened. */
  Optional<Credential> key(CaName name) {
    return Optional.ofNullable(opened.get(name));
  }

  /** The certificates of the installation's CAs, by their keys and by the database. */
  List<Der> certificates() {
    return Stream.concat(
            opened.values().stream().map(Credential::certificate),
            cas.stream().flatMap(it -> it.certificate().stream()))
        .distinct()
        .toList();
  }

  /** The root's certificate as it lies with a key. */
  Optional<Der> top() {
    return opened.values().stream()
        .map(Credential::chain)
        .map(chain -> chain.get(chain.size() - 1))
        .findFirst();
  }

  private void issuing(KnownCa ca, List<Finding> findings) {
    AuthorityKey key = keys.issuing(ca.number());
    if (ca.number() > Generation.FIRST && OpenedKey.isMissing(key)) {
      findings.add(
          Finding.fault(
              PART,
              key.place() + " does not exist, and " + ca.name() + " " + does(ca),
              OpenedKey.STOPS,
              "bring it"
                  + with(key)
                  + " from another server or from the backup, for the owner of"
                  + " the other keys alone: chmod 600"));
      return;
    }
    OpenedKey.of(key, findings).ifPresent(it -> issuing(ca, key, it, findings));
  }

  private static String does(KnownCa ca) {
    return ca.standing() == Standing.FORMER
        ? "still signs CRLs and OCSP answers for what it issued"
        : "signs";
  }

  private static String with(AuthorityKey key) {
    return key.opener().map(it -> " and " + it).orElse("");
  }

  private void issuing(KnownCa ca, AuthorityKey key, Credential found, List<Finding> findings) {
    if (ca.certificate().filter(it -> !it.equals(found.certificate())).isPresent()) {
      findings.add(
          Finding.fault(
              PART,
              key.place() + " is of another CA than the one that the database calls " + ca.name(),
              OpenedKey.STOPS,
              "bring the file of this installation's "
                  + ca.name()
                  + ", from another server or the"
                  + " backup"));
      return;
    }
    opened.put(ca.name(), found);
    X509Certificate certificate = OpenedKey.parse(found.certificate());
    if (certificate.getBasicConstraints() < 0) {
      findings.add(
          Finding.fault(
              PART,
              key.place() + " holds the key of " + certificate.getSubjectX500Principal(),
              "that is no CA: nothing can be issued",
              "put the issuing CA's key file there, from the backup"));
    }
    Instant end = OpenedKey.end(certificate);
    add(
        ca.standing() == Standing.FORMER
            ? OwnCertificate.former(ca.name(), end)
            : OwnCertificate.issuing(ca.name(), end),
        findings);
  }

  private void retired(KnownCa ca, List<Finding> findings) {
    AuthorityKey key = keys.issuing(ca.number());
    // The configuration may name the next one's file by now.
    boolean anothers =
        cas.stream()
            .filter(KnownCa::signs)
            .anyMatch(it -> keys.issuing(it.number()).place().equals(key.place()));
    if (!anothers && !OpenedKey.isMissing(key)) {
      findings.add(
          Finding.warning(
              PART,
              key.place() + " is the key of " + ca.name() + ", which signs nothing any more",
              "whoever takes it can sign certificates that gateways without OCSP still take",
              "destroy it with its copies in backups, as docs/rollover.md says"));
    }
  }

  private void responder(KnownCa ca, List<Finding> findings) {
    AuthorityKey key = keys.responder(ca.number());
    if (OpenedKey.isMissing(key)) {
      findings.add(
          Finding.warning(
              PART,
              key.place() + " does not exist",
              "the next start makes another responder key",
              "restore it from the backup, or start the server"));
      return;
    }
    Optional<Credential> found = OpenedKey.of(key, findings);
    if (found.isEmpty()) {
      return;
    }
    Optional<Der> issuer = key(ca.name()).map(Credential::certificate);
    if (issuer.filter(it -> !found.get().chain().contains(it)).isPresent()) {
      findings.add(ofAnotherCa(key));
      return;
    }
    Instant end = OpenedKey.end(OpenedKey.parse(found.get().certificate()));
    add(OwnCertificate.responder(ca.name(), end), findings);
  }

  /** What a key does that no CA of ours certified. */
  static Finding ofAnotherCa(AuthorityKey key) {
    return Finding.fault(
        PART,
        key.place() + " holds a key of another CA",
        "what it signs is believed by nobody",
        "restore it from the backup, or move it away and start the server, which makes another");
  }

  private void add(OwnCertificate certificate, List<Finding> findings) {
    findings.add(Expiry.of("certificates", certificate, now));
  }
}
