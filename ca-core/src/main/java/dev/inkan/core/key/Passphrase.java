package dev.inkan.core.key;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * A secret text that protects a key. It never prints, and closing it wipes its characters. Not safe
 * for use by several threads.
 */
public final class Passphrase implements AutoCloseable {

  private static final int DRAWN_OCTETS = 24;

  private final char[] characters;
  private final boolean drawn;
  private boolean closed;

  private Passphrase(char[] characters, boolean drawn) {
    this.characters = characters;
    this.drawn = drawn;
  }

  /** Draws 192 random bits, written as 32 of the characters A-Z a-z 0-9 - _. */
  public static Passphrase drawn(SecureRandom random) {
    byte[] octets = new byte[DRAWN_OCTETS];
    random.nextBytes(octets);
    byte[] text = Base64.getUrlEncoder().withoutPadding().encode(octets);
    char[] characters = new char[text.length];
    for (int i = 0; i < text.length; i++) {
      characters[i] = (char) text[i];
    }
    Arrays.fill(octets, (byte) 0);
    Arrays.fill(text, (byte) 0);
    return new Passphrase(characters, true);
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
    return new Passphrase(characters.clone(), false);
  }

  /** A copy of the characters, which the caller wipes. */
  public char[] toCharArray() {
    if (closed) {
      throw new IllegalStateException("passphrase is closed");
    }
    return characters.clone();
  }

  /** A copy in ASCII, for a file; the caller wipes it. */
  public byte[] toByteArray() {
    char[] copy = toCharArray();
    byte[] octets = new byte[copy.length];
    for (int i = 0; i < copy.length; i++) {
      octets[i] = (byte) copy[i];
    }
    Arrays.fill(copy, '\0');
    return octets;
  }

  /** Whether it was drawn, and so cannot be guessed; of a copied text nobody knows. */
  boolean isDrawn() {
    return drawn;
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
