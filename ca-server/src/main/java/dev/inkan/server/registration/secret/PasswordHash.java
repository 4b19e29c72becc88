package dev.inkan.server.registration.secret;

/** A password at rest, as a PHC string: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. */
public record PasswordHash(String phc) {

  public PasswordHash {
    if (!phc.startsWith("$argon2id$")) {
      throw new IllegalArgumentException("not an Argon2id PHC string");
    }
  }

  @Override
  public String toString() {
    return "PasswordHash[redacted]";
  }
}
