package dev.inkan.admin.client;

import java.util.Arrays;

/** A password in memory that can be wiped; it never becomes a text. */
public final class Password implements AutoCloseable {

  private final char[] characters;

  private Password(char[] characters) {
    this.characters = characters;
  }

  /** Takes over {@code characters}: closing wipes them. */
  public static Password takeOver(char[] characters) {
    return new Password(characters);
  }

  char[] characters() {
    return characters;
  }

  @Override
  public void close() {
    Arrays.fill(characters, '\0');
  }

  @Override
  public String toString() {
    return "Password[redacted]";
  }
}
