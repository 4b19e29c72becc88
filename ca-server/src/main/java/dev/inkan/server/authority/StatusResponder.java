package dev.inkan.server.authority;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import java.security.PublicKey;

/**
 * What a status node, which has no issuing CA's key, answers for one issuing CA with.
 *
 * @param node its name
 * @param issuer the issuing CA that it answers for
 * @param keyHash the SHA-256 of its public key
 * @param serialNumber of {@code certificate}
 * @param certificate the newest that the issuing CA made for this key
 */
public record StatusResponder(
    NodeName node, CaName issuer, Fingerprint keyHash, SerialNumber serialNumber, Der certificate) {

  /** By what a key is known again: the SHA-256 of its SubjectPublicKeyInfo. */
  public static Fingerprint hashOf(PublicKey key) {
    return Fingerprint.of(Der.copyOf(key.getEncoded()));
  }
}
