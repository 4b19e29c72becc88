package dev.inkan.server.registration.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that seals secrets with AES-256-GCM. What is sealed for one purpose does not open for
 * another. Immutable and safe for several threads; it never prints.
 */
public final class SealKey {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_BITS = 128;

  private final byte[] key;

  SealKey(byte[] key) {
    this.key = key;
  }

  /** Seals {@code secret}; {@code purpose} must be given again to open it. */
  public SealedSecret seal(byte[] secret, String purpose, SecureRandom random) {
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(secret);
      byte[] octets = Arrays.copyOf(nonce, NONCE_OCTETS + sealed.length);
      System.arraycopy(sealed, 0, octets, NONCE_OCTETS, sealed.length);
      return SealedSecret.copyOf(octets);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }

  /** The secret, or nothing if it was sealed with another key, for another purpose, or changed. */
  public Optional<byte[]> open(SealedSecret sealed, String purpose) {
    byte[] octets = sealed.toByteArray();
    if (octets.length < NONCE_OCTETS + TAG_BITS / 8) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(octets, NONCE_OCTETS);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, nonce, purpose)
              .doFinal(octets, NONCE_OCTETS, octets.length - NONCE_OCTETS));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  @Override
  public String toString() {
    return "SealKey[redacted]";
  }
}
