package dev.inkan.server.registration.secret;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Draws 初期パスワード: passwords that one person gives another on paper or by word of mouth, to be
 * changed at their first use. No character in them is easily taken for another. Safe for several
 * threads.
 */
public final class InitialPasswords {

  private static final int LENGTH = 12;
  private static final String UPPER = "ABCDEFGHJKLMNPQRTUVWXY";
  private static final String LOWER = "abcdefghijkmnpqrtuvwxy";
  private static final String DIGITS = "346789";
  private static final String SYMBOLS = "#%+=?@";
  private static final String ALL = UPPER + LOWER + DIGITS;

  private final SecureRandom random;

  public InitialPasswords(SecureRandom random) {
    this.random = random;
  }

  /** A new one; the caller closes it. */
  public LoginPassword draw() {
    List<Character> characters = new ArrayList<>(LENGTH);
    for (String kind : List.of(UPPER, LOWER, DIGITS, SYMBOLS)) {
      characters.add(one(kind));
    }
    while (characters.size() < LENGTH) {
      characters.add(one(ALL));
    }
    Collections.shuffle(characters, random);
    char[] text = new char[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      text[i] = characters.get(i);
    }
    try {
      return LoginPassword.parse(text).orElseThrow();
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  private char one(String of) {
    return of.charAt(random.nextInt(of.length()));
  }
}
