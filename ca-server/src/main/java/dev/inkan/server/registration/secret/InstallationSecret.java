package dev.inkan.server.registration.secret;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that all servers of one installation share and the database never sees. Only keys
 * derived from it are used. Immutable and safe for several threads; it never prints.
 */
public final class InstallationSecret {

  /** How long the secret is, in octets. */
  public static final int OCTETS = 32;

  private final byte[] secret;

  private InstallationSecret(byte[] secret) {
    this.secret = secret;
  }

  /**
   * Copies {@code secret}; the caller wipes its own.
   *
   * @throws IllegalArgumentException if it has not 32 octets
   */
  public static InstallationSecret copyOf(byte[] secret) {
    if (secret.length != OCTETS) {
      throw new IllegalArgumentException("the installation secret must have " + OCTETS + " octets");
    }
    return new InstallationSecret(secret.clone());
  }

  /** The key that seals mails waiting to be sent. */
  public SealKey mailSealKey() {
    return new SealKey(KeyDerivation.derive(secret, "inkan mail"));
  }

  /** HMAC-SHA-256 of {@code message} under the key for {@code purpose}. */
  byte[] authenticate(String purpose, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KeyDerivation.derive(secret, purpose), "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "InstallationSecret[redacted]";
  }
}
