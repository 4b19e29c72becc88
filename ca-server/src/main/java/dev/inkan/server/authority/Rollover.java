package dev.inkan.server.authority;

import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.IssuingCaCertificates;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.CertificationRequest;
import dev.inkan.core.issue.IssuingCaInspection;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.AwaitedKey;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.core.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The way to the installation's next issuing CA: its key is made, the root certifies it, every
 * server publishes it, and only then it begins to issue. The CA before goes on signing CRLs and
 * OCSP answers for what it issued. Each step can be repeated after whatever broke it.
 */
public final class Rollover {

  private final Transactions<AuthorityStores> transactions;
  private final IssuerKeys keys;
  private final IssuingCaJournal journal;
  private final Host host;
  private final CryptoProviders providers;
  private final Setting setting;
  private final RolloverTrail trail;

  public Rollover(
      Transactions<AuthorityStores> transactions,
      IssuerKeys keys,
      IssuingCaJournal journal,
      Host host,
      CryptoProviders providers,
      Setting setting) {
    this.transactions = transactions;
    this.keys = keys;
    this.journal = journal;
    this.host = host;
    this.providers = providers;
    this.setting = setting;
    this.trail = new RolloverTrail(host);
  }

  /**
   * What holds for the installation.
   *
   * @param organisation the bank's name, the {@code O}
   * @param rootUris where the root publishes
   * @param longest how long a certificate of the new CA is valid at most
   */
  public record Setting(
      String organisation, AuthorityUris rootUris, Duration longest, ClockPolicy clocks) {}

  /**
   * A key that waits for its certificate.
   *
   * @param request in PEM, to be taken to the root
   * @param keyHash the SHA-256 of the public key, by which people know the request again
   */
  public record Requested(Generation generation, String request, Fingerprint keyHash) {}

  /** The installation's issuing CAs as they stand. */
  public Generations look() {
    return transactions.inTransaction(stores -> stores.issuingCas().all());
  }

  /**
   * Makes the key of the next issuing CA and the request for its certificate; if that was done
   * before and the certificate is still to come, the same request again.
   *
   * @throws RolloverException if the next one is certified already
   */
  public Requested request() {
    requireRightClock();
    Generations now = look();
    Optional<Generation> underWay = now.underWay();
    underWay.filter(Generation::isPrepared).ifPresent(Rollover::refusePrepared);
    Generation next =
        underWay.orElseGet(() -> Generation.requested(now.nextNumber(), host.clock().instant()));
    Credential key = underWay.isPresent() ? keys.openAwaited(next.number()) : make(next);
    CertificationRequest asked = CertificationRequest.of(key);
    return new Requested(
        next, asked.toPem(key), Fingerprint.of(Der.copyOf(asked.publicKey().getEncoded())));
  }

  private static void refusePrepared(Generation prepared) {
    throw new RolloverException(
        "issuing CA "
            + prepared.name()
            + " is certified and does not issue yet: 'rollover --activate' has it begin");
  }

  private Credential make(Generation next) {
    keys.requireNone(next.number());
    String commonName = setting.organisation() + " Issuing CA " + next.number();
    Credential made =
        AwaitedKey.of(
            next.name().value(),
            keys.maker(next.number()).signingKey(KeyAlgorithm.P_384),
            SubjectName.of(setting.organisation(), commonName),
            host.clock().instant());
    boolean first =
        transactions.inTransaction(
            stores -> {
              if (stores.issuingCas().lock().nextNumber() != next.number()) {
                return false;
              }
              stores.issuingCas().add(next);
              trail.write(stores, AuditAction.AUTHORITY_REQUESTED, next, "key made");
              return true;
            });
    if (!first) {
      throw new RolloverException("another server makes " + next.name() + " just now");
    }
    return keys.keep(next.number(), made);
  }

  /**
   * Has the root, which is at hand, certify what {@link #request} made, and takes it in.
   *
   * @return the certificate
   * @throws dev.inkan.core.issue.LintViolationException if it would break its profile
   */
  public Der certify(Credential root) {
    Requested requested = request();
    Credential key = keys.openAwaited(requested.generation().number());
    Der certificate =
        new IssuingCaCertificates(root, setting.rootUris(), host, providers)
            .certify(CertificationRequest.of(key));
    takeIn(certificate);
    return certificate;
  }

  /**
   * Takes in the certificate that came back from the root: from the next start on every server that
   * has the key publishes it.
   *
   * @throws RolloverException listing everything that is wrong with it; nothing was changed
   */
  public Generation takeIn(Der certificate) {
    requireRightClock();
    Generation awaited =
        look()
            .underWay()
            .filter(Generation::isAwaited)
            .orElseThrow(
                () ->
                    new RolloverException(
                        "no certificate is awaited: 'rollover --request' makes a key first"));
    Credential key = keys.openAwaited(awaited.number());
    Der root = keys.root();
    requireSound(certificate, CertificationRequest.of(key), root);
    Credential unused = keys.certify(awaited.number(), List.of(certificate, root));
    record(awaited, certificate);
    journal.issuingCa(awaited.name(), Optional.empty(), certificate, host.clock().instant());
    return awaited;
  }

  private void requireSound(Der certificate, CertificationRequest asked, Der root) {
    Instant now = host.clock().instant();
    List<String> objections =
        new IssuingCaInspection(
                root, setting.rootUris(), KeyPolicy.BANK, providers.forVerification())
            .objections(certificate, asked, new Validity(now, now.plus(setting.longest())));
    if (!objections.isEmpty()) {
      throw new RolloverException(
          "the certificate cannot be taken in; nothing was changed:\n  "
              + String.join("\n  ", objections));
    }
  }

  private void record(Generation awaited, Der certificate) {
    CertificateRecord entry = IssuingCaCertificates.entry(awaited.name(), certificate, host);
    boolean done =
        transactions.inTransaction(
            stores -> {
              if (!stores
                  .issuingCas()
                  .certify(awaited.name(), certificate, host.clock().instant())) {
                return false;
              }
              stores.certificates().restore(entry, certificate);
              trail.write(
                  stores,
                  AuditAction.AUTHORITY_CERTIFIED,
                  awaited,
                  entry.serialNumber(),
                  "SHA-256 " + Fingerprint.of(certificate));
              return true;
            });
    if (!done) {
      throw new RolloverException(awaited.name() + " was certified by another server just now");
    }
  }

  /**
   * Has the newest issuing CA issue from {@code from} on, by every server that starts after it.
   *
   * @param regardless of servers that have not been started since it was certified
   * @throws RolloverException if gateways could not yet check what it would issue
   */
  public Generation activate(Instant from, boolean regardless) {
    requireRightClock();
    Generation activated =
        transactions.inTransaction(
            stores -> {
              Generation next = next(stores.issuingCas().lock(), host.clock().instant());
              requirePublished(stores.issuingCas(), next, from, regardless);
              stores.issuingCas().issueFrom(next.name(), from);
              trail.write(stores, AuditAction.AUTHORITY_ACTIVATED, next, "issues from " + from);
              return next;
            });
    Der certificate = activated.certificate().orElseThrow();
    journal.issuingCa(activated.name(), Optional.of(from), certificate, host.clock().instant());
    return activated;
  }

  /** The newest, unless it issues already; what is said for a later day may be said anew. */
  private static Generation next(Generations all, Instant now) {
    Generation newest = all.all().get(all.all().size() - 1);
    if (newest.isAwaited()) {
      throw new RolloverException(
          "the certificate of "
              + newest.name()
              + " is still to come: 'rollover --certificate' takes it in");
    }
    if (newest.mayIssue(now)) {
      throw new RolloverException(
          newest.name() + " issues already; there is none after it. 'rollover' makes one");
    }
    return newest;
  }

  private static void requirePublished(
      IssuingCaStore store, Generation next, Instant from, boolean regardless) {
    Instant certified = next.certified().orElseThrow();
    if (from.isBefore(certified)) {
      throw new RolloverException(
          next.name() + " was certified at " + certified + ": it cannot issue before");
    }
    if (!store.hasCrl(next.name())) {
      throw new RolloverException(
          "no CRL of "
              + next.name()
              + " is published yet, and gateways would refuse everybody it certifies: start every"
              + " server first, and have the gateways fetch chain.pem");
    }
    List<String> old = store.startedBefore(certified);
    if (!old.isEmpty() && !regardless) {
      throw new RolloverException(
          "these servers have run since before "
              + next.name()
              + " was certified, and would refuse what it issues: "
              + String.join(", ", old)
              + ". Start them again first; if they are no more, add --regardless");
    }
  }

  private void requireRightClock() {
    Instant now = host.clock().instant();
    Instant databaseTime = transactions.inTransaction(AuthorityStores::databaseTime);
    if (setting.clocks().isSuspicious(now, databaseTime)) {
      throw new RolloverException(
          "the clock says " + now + " and the database's " + databaseTime + ": put that right");
    }
  }
}
