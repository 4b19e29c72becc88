package dev.inkan.server.installation;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.authority.CheckpointSigner;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.key.Credential;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.registration.RegistrationStores;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that signs the audit trail's checkpoints: read from its file, or made where there is
 * none, as in installations from before there was one. Its certificate is in the ledger.
 */
public final class AuditKey {

  private static final Logger LOG = LoggerFactory.getLogger(AuditKey.class);
  private static final Duration WARN_BEFORE_END = Duration.ofDays(60);

  private final InkanConfig config;
  private final Host host;
  private final Authorities authorities;
  private final ClockGuard clock;
  private final AtomicReference<Instant> end = new AtomicReference<>(Instant.MAX);

  public AuditKey(InkanConfig config, Host host, Authorities authorities, ClockGuard clock) {
    this.clock = clock;
    this.config = config;
    this.host = host;
    this.authorities = authorities;
  }

  /** Opens the key, and records its certificate should the ledger not have it yet. */
  public CheckpointSigner open(Storage storage) {
    AuthorityKey place = authorities.keys().audit();
    Credential key = place.isMissing() ? make(place) : place.open();
    Validity validity = record(storage, key);
    end.set(validity.end());
    if (validity.end().isBefore(host.clock().instant().plus(WARN_BEFORE_END))) {
      LOG.warn(
          "the audit key's certificate ends at {}: move {} away and start again, and another is"
              + " made",
          validity.notAfter(),
          place.place());
    }
    return new CheckpointSigner(key);
  }

  /** When the key that was opened ends. */
  public Instant end() {
    return requireNonNull(end.get());
  }

  private Credential make(AuthorityKey place) {
    clock.require();
    CertifiedKey made = authorities.auditCertificates().make(config.bank().name());
    Credential kept = place.keep(made.credential());
    LOG.info("a key that signs the audit trail was made: {}", place.place());
    return kept;
  }

  private Validity record(Storage storage, Credential key) {
    X509Certificate certificate = Authorities.parse(key.certificate());
    Validity validity =
        new Validity(certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
    boolean unused =
        storage
            .transactions()
            .inTransaction(
                stores ->
                    stores.certificates().find(Fingerprint.of(key.certificate())).isPresent()
                        || record(stores, key, certificate.getSerialNumber(), validity));
    return validity;
  }

  private boolean record(
      RegistrationStores stores, Credential key, BigInteger serialNumber, Validity validity) {
    Instant now = host.clock().instant();
    CertificateRecord entry =
        CertificateRecord.prepared(
                new SerialNumber(serialNumber),
                CertificateKind.AUDIT,
                authorities.issuerIn(key.chain()),
                new SubscriberId(key.id()),
                validity,
                now,
                host.node())
            .issued();
    stores.certificates().restore(entry, key.certificate());
    stores
        .audit()
        .append(
            new AuditEvent(
                now,
                new Actor(Actor.Kind.SYSTEM, host.node().value()),
                AuditAction.AUTHORITY_CREATED,
                Optional.of(entry.subscriber()),
                Optional.of(entry.serialNumber()),
                entry.kind().name()));
    return true;
  }
}
