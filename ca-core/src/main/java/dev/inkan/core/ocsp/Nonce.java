package dev.inkan.core.ocsp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a client put into its request so as to recognise the answer to it; 1-128 octets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9654#section-2.1">RFC 9654, section 2.1</a>
 */
public final class Nonce {

  /** The most octets that are echoed. */
  public static final int MAXIMUM_OCTETS = 128;

  private final byte[] octets;

  private Nonce(byte[] octets) {
    this.octets = octets;
  }

  static Nonce of(DerElement octetString) throws MalformedDerException {
    int length = octetString.length();
    if (length < 1 || length > MAXIMUM_OCTETS) {
      throw new MalformedDerException("a nonce of " + length + " octets");
    }
    return new Nonce(octetString.copyOfContent());
  }

  /** How many octets it has. */
  public int length() {
    return octets.length;
  }

  void putTo(ByteBuffer out) {
    out.put(octets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Nonce nonce && Arrays.equals(octets, nonce.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }
}
