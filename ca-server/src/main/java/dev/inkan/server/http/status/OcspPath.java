package dev.inkan.server.http.status;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The request in a path. Clients differ: most escape {@code / + =} in the base64, some send them as
 * they are, some leave the padding away, and some put a slash too many before it all.
 */
final class OcspPath {

  private OcspPath() {}

  /** The octets that {@code raw} stands for, after one percent-decoding that leaves + alone. */
  static Optional<byte[]> decode(String raw) {
    byte[] base64 = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      int c = raw.charAt(i);
      if (c == '%') {
        c = escaped(raw, i + 1);
        i += 2;
      }
      if (c < 0 || c > 0x7f) {
        return Optional.empty();
      }
      // No request begins with a slash: its first octet is 0x30, so its first letter is M.
      if (c != '/' || length > 0) {
        base64[length++] = (byte) c;
      }
    }
    try {
      return Optional.of(Base64.getDecoder().decode(Arrays.copyOf(base64, length)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int escaped(String raw, int at) {
    if (at + 2 > raw.length()) {
      return -1;
    }
    int high = Character.digit(raw.charAt(at), 16);
    int low = Character.digit(raw.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
