package dev.inkan.core.issue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The leftmost 160 bits of the key's SHA-256. It names a key and protects nothing.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7093#section-2">RFC 7093, section 2, method 1</a>
 */
final class KeyIdentifier {

  private static final int OCTETS = 20;

  private KeyIdentifier() {}

  static ASN1OctetString of(SubjectPublicKeyInfo key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(key.getPublicKeyData().getOctets());
      return new DEROctetString(Arrays.copyOf(hash, OCTETS));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
