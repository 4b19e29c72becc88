package dev.inkan.server.tls;

import dev.inkan.core.certificate.Der;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a visitor showed, in TLS or through a gateway. Whether it is worth anything
 * is for {@link ClientCertificateReader} to say.
 *
 * @param certificate empty if what came is no certificate that we can read
 */
public record ShownCertificate(Optional<X509Certificate> certificate) {

  /** The request attribute in which {@link GatewayHandler} leaves an optional of this. */
  static final String ATTRIBUTE = ShownCertificate.class.getName();

  private static final String TLS_CHAIN = "jakarta.servlet.request.X509Certificate";
  private static final int MAX_ENCODED_LENGTH = 16_384;
  private static final Pattern COMMON_NAME =
      Pattern.compile("(?:^|,)CN=([A-Za-z0-9]{6,12})(?:,|$)");

  /**
   * What the visitor of a request showed; empty if nothing. Behind a gateway its word alone counts:
   * the TLS session, if there is one, is the gateway's own.
   *
   * @param attributes the request's, by name
   */
  public static Optional<ShownCertificate> in(Function<String, @Nullable Object> attributes) {
    if (attributes.apply(ATTRIBUTE) instanceof Optional<?> forwarded) {
      return forwarded.map(ShownCertificate.class::cast);
    }
    return attributes.apply(TLS_CHAIN) instanceof X509Certificate[] chain && chain.length > 0
        ? Optional.of(new ShownCertificate(Optional.ofNullable(chain[0])))
        : Optional.empty();
  }

  /** Reads octets; whatever they are, the result is a value and no exception (S18). */
  static ShownCertificate parse(Der encoded) {
    if (encoded.length() > MAX_ENCODED_LENGTH) {
      return unreadable();
    }
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      var in = new ByteArrayInputStream(encoded.toByteArray());
      X509Certificate parsed = (X509Certificate) factory.generateCertificate(in);
      // The JDK's parser also takes PEM and ignores what follows; the fingerprint would not.
      return new ShownCertificate(
          Optional.ofNullable(parsed).filter(certificate -> isEncodedAs(certificate, encoded)));
    } catch (CertificateException | RuntimeException malformed) {
      return unreadable();
    }
  }

  static ShownCertificate unreadable() {
    return new ShownCertificate(Optional.empty());
  }

  private static boolean isEncodedAs(X509Certificate certificate, Der encoded) {
    try {
      return encoded.equals(Der.copyOf(certificate.getEncoded()));
    } catch (CertificateException malformed) {
      return false;
    }
  }

  /** The user ID it names, or nothing; to be believed only once the ledger vouched for it. */
  public String commonName() {
    return certificate
        .map(shown -> COMMON_NAME.matcher(shown.getSubjectX500Principal().getName()))
        .filter(Matcher::find)
        .map(name -> name.group(1))
        .orElse("");
  }
}
