package dev.inkan.server.mail;

import dev.inkan.server.registration.MailNumber;
import dev.inkan.server.registration.SealedSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * Keeps mails unreadable while they wait: AES-256-GCM under a key derived from the server's by
 * HKDF-SHA256 (RFC 5869), bound to the mail's number, so that a sealed text opens in no other
 * mail's place. Safe for several threads.
 */
public final class MailSeal {

  private static final int KEY_OCTETS = 32;
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_BITS = 128;
  private static final byte[] PURPOSE = "inkan mail".getBytes(StandardCharsets.US_ASCII);

  private final SecretKey key;

  /**
   * @param serverKey 32 octets, which the caller wipes
   */
  public MailSeal(byte[] serverKey) {
    if (serverKey.length != KEY_OCTETS) {
      throw new IllegalArgumentException("the server key must have " + KEY_OCTETS + " octets");
    }
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(new HKDFParameters(serverKey, null, PURPOSE));
    byte[] derived = new byte[KEY_OCTETS];
    hkdf.generateBytes(derived, 0, derived.length);
    this.key = new SecretKeySpec(derived, "AES");
    Arrays.fill(derived, (byte) 0);
  }

  /** Seals {@code text} as the mail {@code number}. */
  public SealedSecret seal(MailNumber number, MailText text, SecureRandom random) {
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    byte[] clear = (text.subject() + "\n" + text.body()).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, number).doFinal(clear);
      return SealedSecret.copyOf(
          ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing mail " + number, e);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /**
   * The text of the mail {@code number}.
   *
   * @throws GeneralSecurityException if it was sealed under another key or number, or altered
   */
  public MailText open(MailNumber number, SealedSecret secret) throws GeneralSecurityException {
    byte[] octets = secret.toByteArray();
    if (octets.length <= NONCE_OCTETS) {
      throw new GeneralSecurityException("mail " + number + " is cut");
    }
    byte[] nonce = Arrays.copyOf(octets, NONCE_OCTETS);
    byte[] clear =
        cipher(Cipher.DECRYPT_MODE, nonce, number)
            .doFinal(octets, NONCE_OCTETS, octets.length - NONCE_OCTETS);
    String text = new String(clear, StandardCharsets.UTF_8);
    Arrays.fill(clear, (byte) 0);
    int end = text.indexOf('\n');
    if (end <= 0) {
      throw new GeneralSecurityException("mail " + number + " has no subject");
    }
    return new MailText(text.substring(0, end), text.substring(end + 1));
  }

  private Cipher cipher(int mode, byte[] nonce, MailNumber number) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(0, number.value()));
    return cipher;
  }

  @Override
  public String toString() {
    return "MailSeal[redacted]";
  }
}
