package dev.inkan.core.certificate;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable DER encoding, compared by content. */
public final class Der {

  private final byte[] octets;

  private Der(byte[] octets) {
    this.octets = octets;
  }

  public static Der copyOf(byte[] octets) {
    return new Der(octets.clone());
  }

  public byte[] toByteArray() {
    return octets.clone();
  }

  public int length() {
    return octets.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Der der && Arrays.equals(octets, der.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(octets);
  }
}
