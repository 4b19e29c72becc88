package dev.inkan.server.installation;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.TlsServerCertificates;
import dev.inkan.core.issue.SubjectAlternativeName;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.key.KeyFolder;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.tls.ServerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that the web and the admin listener show. What somebody puts into its file is shown from
 * then on, without a restart; a certificate of our own issuing CA is renewed in time. Safe for use
 * by several threads.
 */
public final class WebKey {

  /** Before the first warning, so that whoever reads one knows that the renewal failed. */
  static final Duration RENEWED_BEFORE_END = Duration.ofDays(60);

  private static final Logger LOG = LoggerFactory.getLogger(WebKey.class);
  private static final int DAYS = 397;

  private final InkanConfig config;
  private final Host host;
  private final ClockGuard clock;
  private final Authorities authorities;
  private final Transactions<RegistrationStores> transactions;
  private final ServerKey shown;
  private final AtomicReference<String> seen;
  private final AtomicReference<String> told = new AtomicReference<>("");

  private WebKey(
      InkanConfig config,
      Host host,
      ClockGuard clock,
      Authorities authorities,
      Transactions<RegistrationStores> transactions) {
    this.config = config;
    this.host = host;
    this.clock = clock;
    this.authorities = authorities;
    this.transactions = transactions;
    this.seen = new AtomicReference<>(version());
    this.shown = load();
  }

  /**
   * Opens the key, and renews it if that is due.
   *
   * @throws dev.inkan.server.tls.ServerKeyException if the file cannot be used
   */
  public static WebKey open(
      InkanConfig config,
      Host host,
      ClockGuard clock,
      Authorities authorities,
      Transactions<RegistrationStores> transactions) {
    WebKey key = new WebKey(config, host, clock, authorities, transactions);
    key.check();
    return key;
  }

  /** Makes one for the public name, and the loopback's names for whoever stands at the machine. */
  public static CertifiedKey make(InkanConfig config, TlsServerCertificates certificates) {
    Set<String> names = new LinkedHashSet<>();
    names.add(config.web().publicUrl().getHost());
    names.add("localhost");
    names.add("127.0.0.1");
    List<SubjectAlternativeName> alternatives =
        names.stream().map(SubjectAlternativeName::parse).toList();
    return certificates.make(config.bank().name(), alternatives, KeyAlgorithm.P_256, DAYS);
  }

  /** What listeners show; it changes under their hands. */
  public ServerKey shown() {
    return shown;
  }

  /** When the certificate that is shown ends. */
  public Instant end() {
    return shown.certificate().getNotAfter().toInstant();
  }

  /** Whether it is renewed by itself. */
  public boolean isOurs() {
    return authorities.issuers().stream().anyMatch(this::isSignedBy);
  }

  private boolean isSignedBy(X509Certificate issuer) {
    try {
      shown.certificate().verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Takes up a new file, and renews what is due. What fails is told once, and tried again. */
  public synchronized void check() {
    try {
      takeUp();
      if (isDue()) {
        renew();
        takeUp();
      }
      told.set("");
    } catch (RuntimeException e) {
      String what = "the web certificate cannot be renewed or taken up: " + e.getMessage();
      if (!what.equals(told.getAndSet(what))) {
        LOG.warn("{}", what);
      }
    }
  }

  private void takeUp() {
    String version = version();
    if (!version.isEmpty() && !version.equals(seen.get())) {
      shown.replaceBy(load());
      seen.set(version);
      X509Certificate certificate = shown.certificate();
      LOG.info(
          "the web certificate is now {}, valid to {}",
          certificate.getSerialNumber().toString(16),
          certificate.getNotAfter().toInstant());
    }
  }

  private boolean isDue() {
    return isOurs() && !host.clock().instant().isBefore(end().minus(RENEWED_BEFORE_END));
  }

  private void renew() {
    Instant now = host.clock().instant();
    clock.require();
    CertifiedKey made = make(config, authorities.webCertificates());
    // First the ledger: a certificate in use is one that is known.
    Boolean unused =
        transactions.inTransaction(
            stores -> {
              record(stores, made, now);
              return true;
            });
    InkanConfig.Tls files = config.web().tls();
    new KeyFolder(host.random())
        .replaceKey(files.keyFile(), files.passphraseFile(), made.credential());
  }

  private void record(RegistrationStores stores, CertifiedKey made, Instant now) {
    stores.certificates().restore(made.entry(), made.credential().certificate());
    stores
        .audit()
        .append(
            new AuditEvent(
                now,
                new Actor(Actor.Kind.SYSTEM, host.node().value()),
                AuditAction.WEB_CERTIFICATE_RENEWED,
                Optional.of(made.entry().subscriber()),
                Optional.of(made.entry().serialNumber()),
                "valid to " + made.entry().validity().notAfter()));
  }

  private ServerKey load() {
    InkanConfig.Tls files = config.web().tls();
    try (Passphrase passphrase = files.passphraseFile().passphrase()) {
      return ServerKey.load(files.keyFile(), passphrase);
    }
  }

  /** Which content the file has, as far as its outside tells; empty text if there is none. */
  private String version() {
    Path file = config.web().tls().keyFile();
    if (!Files.exists(file)) {
      return "";
    }
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
