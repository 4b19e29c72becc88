package dev.inkan.server.registration.secret;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) over log-in passwords, in PHC string form. Verifies hashes made with other
 * parameters too and says when one should be made anew. Safe for several threads.
 */
public final class PasswordHasher {

  private static final int SALT_OCTETS = 16;
  private static final int HASH_OCTETS = 32;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{1,64})\\$([A-Za-z0-9+/]{1,128})");

  private final Cost cost;
  private final SecureRandom random;
  private final PasswordHash stranger;

  public PasswordHasher(Cost cost, SecureRandom random) {
    this.cost = cost;
    this.random = random;
    byte[] salt = salt();
    this.stranger = format(cost, salt, new byte[HASH_OCTETS]);
  }

  /**
   * What one hash costs.
   *
   * @param memoryKib in KiB; at least 19,456 (OWASP's minimum for t=2, p=1)
   */
  public record Cost(int memoryKib, int iterations, int parallelism) {}

  /** Hashes {@code password} with a new salt. */
  public PasswordHash hash(LoginPassword password) {
    byte[] salt = salt();
    return format(cost, salt, derive(cost, salt, password, HASH_OCTETS));
  }

  /** Whether {@code password} is the one that was hashed; compares in constant time. */
  public boolean verify(LoginPassword password, PasswordHash hash) {
    Matcher phc = match(hash);
    byte[] expected = Base64.getDecoder().decode(phc.group(5));
    byte[] actual =
        derive(costOf(phc), Base64.getDecoder().decode(phc.group(4)), password, expected.length);
    return MessageDigest.isEqual(expected, actual);
  }

  /** Takes the time of {@link #verify} where there is no such user, so that nobody can tell. */
  public void verifyForStranger(LoginPassword password) {
    verify(password, stranger);
  }

  /** Whether the hash was made with other parameters than are configured now. */
  public boolean isOutdated(PasswordHash hash) {
    return !costOf(match(hash)).equals(cost);
  }

  private byte[] salt() {
    byte[] salt = new byte[SALT_OCTETS];
    random.nextBytes(salt);
    return salt;
  }

  private static Matcher match(PasswordHash hash) {
    Matcher phc = PHC.matcher(hash.phc());
    if (!phc.matches()) {
      throw new IllegalStateException("a stored password hash is not an Argon2id PHC string");
    }
    return phc;
  }

  private static Cost costOf(Matcher phc) {
    return new Cost(
        Integer.parseInt(phc.group(1)),
        Integer.parseInt(phc.group(2)),
        Integer.parseInt(phc.group(3)));
  }

  private static byte[] derive(Cost cost, byte[] salt, LoginPassword password, int length) {
    char[] characters = password.toCharArray();
    byte[] octets = new byte[characters.length];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) characters[i]; // printable ASCII, by the password's form
    }
    try {
      Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
      argon2.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(cost.memoryKib())
              .withIterations(cost.iterations())
              .withParallelism(cost.parallelism())
              .withSalt(salt)
              .build());
      byte[] hash = new byte[length];
      argon2.generateBytes(octets, hash);
      return hash;
    } finally {
      Arrays.fill(characters, '\0');
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static PasswordHash format(Cost cost, byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return new PasswordHash(
        String.format(
            Locale.ROOT,
            "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s",
            cost.memoryKib(),
            cost.iterations(),
            cost.parallelism(),
            base64.encodeToString(salt),
            base64.encodeToString(hash)));
  }
}
