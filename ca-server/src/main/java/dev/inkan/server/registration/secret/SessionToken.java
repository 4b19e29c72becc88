package dev.inkan.server.registration.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The 256-bit secret in a browser's cookie. The server keeps its hash alone, and derives from it
 * the CSRF token and the key that seals what belongs to this browser. Immutable; it never prints.
 */
public final class SessionToken {

  private static final int OCTETS = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final byte[] octets;

  private SessionToken(byte[] octets) {
    this.octets = octets;
  }

  /** A new token. */
  public static SessionToken random(SecureRandom random) {
    byte[] octets = new byte[OCTETS];
    random.nextBytes(octets);
    return new SessionToken(octets);
  }

  /** The token of a cookie, or nothing if {@code text} has not the form of one. */
  public static Optional<SessionToken> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    byte[] octets = Base64.getUrlDecoder().decode(text);
    SessionToken token = new SessionToken(octets);
    // The last character carries two unused bits: one token has one spelling.
    return token.reveal().equals(text) ? Optional.of(token) : Optional.empty();
  }

  /** What the cookie holds: base64url without padding. */
  public String reveal() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /** What the database holds. */
  public TokenHash hash() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
      return new TokenHash(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The key for what only this browser may open. */
  public SealKey sealKey() {
    return new SealKey(KeyDerivation.derive(octets, "inkan seal"));
  }

  /** The token that every form of this browser carries. */
  public String csrfToken() {
    byte[] derived = KeyDerivation.derive(octets, "inkan csrf");
    return Base64.getUrlEncoder().withoutPadding().encodeToString(derived);
  }

  /** Compares a form's token in constant time. */
  public boolean acceptsCsrf(String token) {
    return MessageDigest.isEqual(
        csrfToken().getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "SessionToken[redacted]";
  }
}
