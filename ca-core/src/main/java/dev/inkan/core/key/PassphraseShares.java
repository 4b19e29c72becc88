package dev.inkan.core.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter.Algorithm;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

/**
 * A random passphrase in shares after Shamir: so many of them open what it opens, and fewer tell
 * nothing about it. A share is a text of 16 groups of four hexadecimal digits, which ends with a
 * check of its own, so that a slip of the pen is told from a wrong share.
 */
public final class PassphraseShares {

  /** The most keepers. */
  public static final int MOST = 9;

  private static final int SECRET_OCTETS = 24;
  private static final int HEAD_OCTETS = 4;
  private static final int CHECK_OCTETS = 4;
  private static final int OCTETS = HEAD_OCTETS + SECRET_OCTETS + CHECK_OCTETS;

  private PassphraseShares() {}

  /**
   * A new passphrase, which the caller closes, and its shares.
   *
   * @param shares for one keeper each; on paper and nowhere else
   */
  public record Made(Passphrase passphrase, List<String> shares) {

    public Made {
      shares = List.copyOf(shares);
    }

    @Override
    public String toString() {
      return "Made[" + shares.size() + " shares, redacted]";
    }
  }

  /**
   * A new passphrase in {@code shares}, of which {@code threshold} give it back.
   *
   * @throws IllegalArgumentException unless 2 &lt;= threshold &lt;= shares &lt;= {@link #MOST}
   */
  public static Made make(int shares, int threshold, SecureRandom random) {
    if (threshold < 2 || threshold > shares || shares > MOST) {
      throw new IllegalArgumentException(
          "at least two shares open it, and there are as many or more, at most " + MOST);
    }
    byte[] set = new byte[2];
    random.nextBytes(set);
    byte[] secret = new byte[SECRET_OCTETS];
    random.nextBytes(secret);
    try {
      ShamirSplitSecretShare[] split =
          ShamirSecretSplitter.getInstance(Algorithm.AES, SECRET_OCTETS, random)
              .resplit(secret, threshold, shares)
              .getSecretShares();
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < split.length; i++) {
        texts.add(text(set, threshold, i + 1, split[i].getEncoded()));
      }
      return new Made(passphrase(secret), texts);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // octets in memory
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * How many shares of its set give the passphrase back.
   *
   * @throws IllegalArgumentException if {@code share} is none; the message says why
   */
  public static int thresholdOf(char[] share) {
    return Share.read(share).threshold();
  }

  /**
   * The passphrase that {@code shares} give back, which the caller closes.
   *
   * @throws IllegalArgumentException if they are too few, not of one set, twice the same or none at
   *     all; the message says which
   */
  public static Passphrase join(List<char[]> shares) {
    List<Share> read = shares.stream().map(Share::read).toList();
    Set<Integer> numbers = new HashSet<>();
    for (Share share : read) {
      if (share.set() != read.get(0).set()) {
        throw new IllegalArgumentException("the shares are not of one set");
      }
      if (!numbers.add(share.number())) {
        throw new IllegalArgumentException("share " + share.number() + " is there twice");
      }
    }
    if (read.isEmpty() || read.size() < read.get(0).threshold()) {
      throw new IllegalArgumentException("there are too few shares");
    }
    ShamirSplitSecretShare[] parts =
        read.stream()
            .map(share -> new ShamirSplitSecretShare(share.part(), share.number()))
            .toArray(ShamirSplitSecretShare[]::new);
    try {
      byte[] secret = ShamirSplitSecret.getInstance(Algorithm.AES, parts).getSecret();
      try {
        return passphrase(secret);
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // octets in memory
    }
  }

  private static Passphrase passphrase(byte[] secret) {
    byte[] text = Base64.getUrlEncoder().withoutPadding().encode(secret);
    char[] characters = new char[text.length];
    for (int i = 0; i < text.length; i++) {
      characters[i] = (char) text[i];
    }
    try {
      return Passphrase.copyOf(characters);
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(characters, '\0');
    }
  }

  private static String text(byte[] set, int threshold, int number, byte[] part) {
    byte[] checked =
        ByteBuffer.allocate(HEAD_OCTETS + SECRET_OCTETS)
            .put(set)
            .put((byte) threshold)
            .put((byte) number)
            .put(part)
            .array();
    byte[] whole = ByteBuffer.allocate(OCTETS).put(checked).put(check(checked)).array();
    String digits = HexFormat.of().withUpperCase().formatHex(whole);
    return digits.replaceAll("(.{4})(?!$)", "$1-");
  }

  private static byte[] check(byte[] octets) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(octets), CHECK_OCTETS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A share as it was typed. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Share(int set, int threshold, int number, byte[] part) {

    static Share read(char[] typed) {
      ByteBuffer octets = ByteBuffer.wrap(octets(typed));
      byte[] checked = Arrays.copyOf(octets.array(), HEAD_OCTETS + SECRET_OCTETS);
      byte[] check = Arrays.copyOfRange(octets.array(), checked.length, OCTETS);
      if (!Arrays.equals(check, check(checked))) {
        throw new IllegalArgumentException("the share was not typed as it stands on its paper");
      }
      Share share =
          new Share(octets.getShort(), octets.get(), octets.get(), new byte[SECRET_OCTETS]);
      octets.get(share.part());
      return share;
    }

    private static byte[] octets(char[] typed) {
      StringBuilder digits = new StringBuilder();
      for (char c : typed) {
        if (Character.digit(c, 16) >= 0) {
          digits.append(c);
        } else if (c != '-' && c != ' ') {
          throw new IllegalArgumentException("a share has digits, A to F and hyphens alone");
        }
      }
      if (digits.length() != 2 * OCTETS) {
        throw new IllegalArgumentException(
            "a share has 16 groups of four, and this one " + digits.length() + " digits");
      }
      return HexFormat.of().parseHex(digits);
    }

    @Override
    public String toString() {
      return "Share[" + number + ", redacted]";
    }
  }
}
