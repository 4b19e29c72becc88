package dev.inkan.server.doctor;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.KeyUnavailableException;
import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.key.AuthorityKey;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A key of the authority's own, opened on trial; what hinders that, and what mends it. */
final class OpenedKey {

  static final String PART = "keys";
  static final String STOPS = "the server does not start";

  private OpenedKey() {}

  /** The key, or else a finding why not. */
  static Optional<Credential> of(AuthorityKey key, List<Finding> findings) {
    try {
      Credential credential = key.open();
      findings.add(Finding.ok(PART, key.place() + " opens, and its key is its certificate's"));
      return Optional.of(credential);
    } catch (KeyUnavailableException e) {
      findings.add(
          Finding.fault(PART, String.valueOf(e.getMessage()), STOPS, cure(e.reason(), key)));
    } catch (ConfigurationException e) {
      findings.add(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              STOPS,
              key.opener()
                  .map(file -> "restore " + file + " from its backup and run: chmod 600 " + file)
                  .orElse("run doctor from a terminal")));
    }
    return Optional.empty();
  }

  private static String cure(KeyUnavailableException.Reason reason, AuthorityKey key) {
    String file = key.place();
    return switch (reason) {
      case WRONG_PASSPHRASE ->
          "restore "
              + file
              + key.opener().map(it -> " and " + it).orElse("")
              + " from the same backup";
      case TOKEN_AWAY -> "see to the token and its library: docs/hsm.md";
      case WRONG_PIN -> "write the token's PIN into token.pin-file; try it with its maker's tool";
      case AMBIGUOUS, EXTRACTABLE -> "make another key in the token: docs/hsm.md";
      case UNREADABLE -> "chown it to the server's user, and chmod 600 it";
      case MISSING, DAMAGED, UNSUITABLE, KEY_DOES_NOT_MATCH_CERTIFICATE ->
          "restore " + file + " from its backup";
    };
  }

  /** Whether it is not there; what cannot even be asked is told when it is opened. */
  static boolean isMissing(AuthorityKey key) {
    try {
      return key.isMissing();
    } catch (KeyUnavailableException e) {
      return false;
    }
  }

  /** The first moment at which {@code certificate} is no longer valid. */
  static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant().plusSeconds(1);
  }

  static X509Certificate parse(Der der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key file's certificates were read a moment ago", e);
    }
  }
}
