package dev.inkan.core.key;

import java.util.Arrays;

/**
 * A secret text that protects a key. It never prints, and closing it wipes its characters. Not safe
 * for use by several threads.
 */
public final class Passphrase implements AutoCloseable {

  private final char[] characters;
  private boolean closed;

  private Passphrase(char[] characters) {
    this.characters = characters;
  }

  /**
   * Copies {@code characters}; the caller wipes its own.
   *
   * @throws IllegalArgumentException if it is empty or holds anything but printable ASCII
   *     (U+0020-U+007E), which PKCS#12 readers disagree about
   */
  public static Passphrase copyOf(char[] characters) {
    if (characters.length == 0) {
      throw new IllegalArgumentException("a passphrase must not be empty");
    }
    for (char c : characters) {
      if (c < 0x20 || c > 0x7e) {
        throw new IllegalArgumentException("a passphrase must be printable ASCII");
      }
    }
    return new Passphrase(characters.clone());
  }

  /** A copy of the characters, which the caller wipes. */
  public char[] toCharArray() {
    if (closed) {
      throw new IllegalStateException("passphrase is closed");
    }
    return characters.clone();
  }

  @Override
  public void close() {
    Arrays.fill(characters, '\0');
    closed = true;
  }

  @Override
  public String toString() {
    return "Passphrase[redacted]";
  }
}
