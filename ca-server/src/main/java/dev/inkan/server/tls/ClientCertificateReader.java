package dev.inkan.server.tls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.LedgerState;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what a client certificate is worth. Names are never believed: the certificate must carry our
 * issuing key's signature and stand in the ledger, found by its fingerprint (S7).
 *
 * <p>Whatever the visitor sends ends in a value, never in an exception (S18); a ledger that cannot
 * be asked does throw, since a guess would be worse. Ask again for every request: a resumed TLS
 * session or an open connection outlives a revocation. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-6.1">RFC 5280, section 6.1</a>
 */
public final class ClientCertificateReader {

  private static final List<String> CLIENT_AUTH_ALONE = List.of("1.3.6.1.5.5.7.3.2");
  private static final int REMEMBERED_SIGNATURES = 10_000;

  private final List<X509Certificate> issuingCas;
  private final CertificateLookup ledger;
  private final Clock clock;

  /** Fingerprints whose signature was verified: true for ever, and a millisecond each to repeat. */
  private final Cache<Fingerprint, Boolean> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED_SIGNATURES).build();

  /**
   * @param issuingCas every issuing CA whose subscribers may log in; more than one after a rollover
   */
  public ClientCertificateReader(
      List<X509Certificate> issuingCas, CertificateLookup ledger, Clock clock) {
    this.issuingCas = List.copyOf(issuingCas);
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Reads what a visitor showed; {@link ClientCertificate.None} if nothing. */
  public ClientCertificate read(Optional<ShownCertificate> shown) {
    return shown.map(it -> classify(it.certificate())).orElseGet(ClientCertificate.None::new);
  }

  /** Reads the chain of a TLS session, the visitor's own certificate first; null if none came. */
  public ClientCertificate read(X509Certificate @Nullable [] chain) {
    if (chain == null || chain.length == 0) {
      return new ClientCertificate.None();
    }
    return classify(Optional.ofNullable(chain[0]));
  }

  /** Reads a certificate that came as octets, as in RFC 9440's {@code Client-Cert}. */
  public ClientCertificate read(Der encoded) {
    return classify(ShownCertificate.parse(encoded).certificate());
  }

  private ClientCertificate classify(Optional<X509Certificate> shown) {
    Optional<Der> encoded = shown.filter(this::claimsToBeOurs).flatMap(this::encoding);
    if (encoded.isEmpty()) {
      return new ClientCertificate.Foreign();
    }
    Fingerprint fingerprint = Fingerprint.of(encoded.get());
    return ledger
        .find(fingerprint)
        .filter(entry -> isSubscribers(entry, shown.get()))
        .filter(entry -> isSignedByUs(fingerprint, shown.get()))
        .map(entry -> judge(entry, encoded.get()))
        .orElseGet(ClientCertificate.Foreign::new);
  }

  /** The cheap questions first: a stranger's certificate costs neither a query nor a signature. */
  private boolean claimsToBeOurs(X509Certificate shown) {
    try {
      return shown.getBasicConstraints() < 0
          && CLIENT_AUTH_ALONE.equals(shown.getExtendedKeyUsage())
          && issuingCas.stream().anyMatch(ca -> names(ca, shown));
    } catch (CertificateException | RuntimeException malformed) {
      return false;
    }
  }

  private static boolean names(X509Certificate ca, X509Certificate shown) {
    return ca.getSubjectX500Principal().equals(shown.getIssuerX500Principal());
  }

  private Optional<Der> encoding(X509Certificate shown) {
    try {
      return Optional.of(Der.copyOf(shown.getEncoded()));
    } catch (CertificateException | RuntimeException malformed) {
      return Optional.empty();
    }
  }

  private static boolean isSubscribers(CertificateRecord entry, X509Certificate shown) {
    return entry.kind() == CertificateKind.SUBSCRIBER
        && entry.state() != LedgerState.PREPARED
        && entry.serialNumber().value().equals(shown.getSerialNumber());
  }

  private boolean isSignedByUs(Fingerprint fingerprint, X509Certificate shown) {
    if (verified.getIfPresent(fingerprint) != null) {
      return true;
    }
    boolean signed = issuingCas.stream().anyMatch(ca -> names(ca, shown) && isSignedBy(ca, shown));
    if (signed) {
      verified.put(fingerprint, true);
    }
    return signed;
  }

  private static boolean isSignedBy(X509Certificate ca, X509Certificate shown) {
    try {
      shown.verify(ca.getPublicKey());
      return true;
    } catch (GeneralSecurityException | RuntimeException forged) {
      return false;
    }
  }

  private ClientCertificate judge(CertificateRecord entry, Der encoded) {
    if (entry.revocation().isPresent() || entry.state() == LedgerState.ABANDONED) {
      return new ClientCertificate.Revoked(entry, encoded);
    }
    Instant now = clock.instant();
    return entry.isValidAt(now)
        ? new ClientCertificate.Valid(entry, encoded)
        : new ClientCertificate.Expired(entry, encoded);
  }
}
