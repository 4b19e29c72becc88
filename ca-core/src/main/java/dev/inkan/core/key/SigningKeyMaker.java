package dev.inkan.core.key;

/** Makes keys of the authority's own where they are to live. Safe for use by several threads. */
@FunctionalInterface
public interface SigningKeyMaker {

  /**
   * A new key.
   *
   * @throws KeyUnavailableException if the token that it is to live in is away or makes none
   */
  SigningKey signingKey(KeyAlgorithm algorithm);
}
