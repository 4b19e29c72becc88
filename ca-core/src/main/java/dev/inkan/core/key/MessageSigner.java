package dev.inkan.core.key;

/** Signs many short messages with one key. Safe for use by several threads. */
public interface MessageSigner {

  /** The algorithm of the key, which stands for that of the signatures. */
  KeyAlgorithm algorithm();

  /**
   * The signature over {@code length} octets of {@code message} from {@code offset} on.
   *
   * @throws KeyUnavailableException if the key lives in a token that is away
   * @throws IllegalStateException if the key does not sign; the next call starts afresh
   */
  byte[] sign(byte[] message, int offset, int length);
}
