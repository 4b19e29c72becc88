package dev.inkan.core.key;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Which token, and how.
 *
 * @param library the PKCS#11 library of the token's maker
 * @param label the token's label (CKA_LABEL of C_GetTokenInfo), not an object's
 * @param pause how long a token that was away is not asked again
 */
public record TokenSettings(Path library, String label, Duration pause) {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The token {@code label}, asked once a second while it is away. */
  public static TokenSettings of(Path library, String label) {
    return new TokenSettings(library, label, PAUSE);
  }
}
