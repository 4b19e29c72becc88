package dev.inkan.server.registration.secret;

import java.util.Arrays;

/**
 * A secret encrypted and authenticated under a key that is not beside it: nonce, ciphertext and
 * tag. Immutable.
 */
public final class SealedSecret {

  private final byte[] octets;

  private SealedSecret(byte[] octets) {
    this.octets = octets;
  }

  public static SealedSecret copyOf(byte[] octets) {
    return new SealedSecret(octets.clone());
  }

  public byte[] toByteArray() {
    return octets.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealedSecret sealed && Arrays.equals(octets, sealed.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return "SealedSecret[" + octets.length + " octets]";
  }
}
