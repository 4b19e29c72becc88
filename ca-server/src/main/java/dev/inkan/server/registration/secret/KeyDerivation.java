package dev.inkan.server.registration.secret;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF with SHA-256 (RFC 5869): one secret, a key of 32 octets for each purpose. */
final class KeyDerivation {

  private static final int KEY_OCTETS = 32;

  private KeyDerivation() {}

  static byte[] derive(byte[] secret, String purpose) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(new HKDFParameters(secret, null, purpose.getBytes(StandardCharsets.UTF_8)));
    byte[] key = new byte[KEY_OCTETS];
    hkdf.generateBytes(key, 0, KEY_OCTETS);
    return key;
  }
}
