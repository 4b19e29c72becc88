package dev.inkan.core.ocsp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes under which clients name the issuer of a certificate they ask about. SHA-1 protects
 * nothing here: it names.
 */
public enum IssuerHash {
  SHA_1("SHA-1"),
  SHA_256("SHA-256");

  private static final byte[] ID_SHA_1 = {0x2b, 0x0e, 0x03, 0x02, 0x1a};
  private static final byte[] ID_SHA_256 = {
    0x60, (byte) 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01
  };

  private final String jcaName;

  IssuerHash(String jcaName) {
    this.jcaName = jcaName;
  }

  boolean isNamedBy(DerElement objectIdentifier) {
    return objectIdentifier.contentEquals(this == SHA_1 ? ID_SHA_1 : ID_SHA_256);
  }

  byte[] digest(byte[] octets) {
    try {
      return MessageDigest.getInstance(jcaName).digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + jcaName, e);
    }
  }
}
