package dev.inkan.core.ocsp;

import java.nio.ByteBuffer;

/** Lengths as DER writes them, below 64 KiB. */
final class DerLength {

  private DerLength() {}

  /** How long an element with a content of {@code length} octets is, tag and length included. */
  static int ofElement(int length) {
    return (length < 0x80 ? 2 : length < 0x100 ? 3 : 4) + length;
  }

  static ByteBuffer put(ByteBuffer out, int length) {
    if (length < 0x80) {
      return out.put((byte) length);
    }
    if (length < 0x100) {
      return out.put((byte) 0x81).put((byte) length);
    }
    if (length < 0x10000) {
      return out.put((byte) 0x82).putShort((short) length);
    }
    throw new IllegalArgumentException("too long: " + length);
  }
}
