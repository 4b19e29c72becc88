package dev.inkan.core.certificate;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The textual encoding of certificates.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468#section-5">RFC 7468, section 5</a>
 */
public final class Pem {

  private static final int LINE_LENGTH = 64;

  private Pem() {}

  /** The certificates one after the other. */
  public static String certificates(List<Der> certificates) {
    return certificates.stream().map(Pem::certificate).collect(Collectors.joining());
  }

  private static String certificate(Der certificate) {
    Base64.Encoder encoder =
        Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN CERTIFICATE-----\n"
        + encoder.encodeToString(certificate.toByteArray())
        + "\n-----END CERTIFICATE-----\n";
  }
}
