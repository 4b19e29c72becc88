package dev.inkan.core.key;

import java.security.PrivateKey;
import java.security.SecureRandom;
import org.bouncycastle.operator.ContentSigner;

/** What a private key can do, wherever it lives. Safe for use by several threads. */
interface PrivatePart {

  /** A signer for one signature. */
  ContentSigner newSigner();

  /** A signer for many short messages. */
  MessageSigner messageSigner();

  /**
   * Asks whether the key could sign now, without signing.
   *
   * @throws KeyUnavailableException if it could not
   */
  void requireReady();

  /**
   * The key itself, to be written under a passphrase.
   *
   * @throws IllegalStateException if it never leaves where it lives
   */
  Exported export();

  /** A key on its way into a file, and the chance that its encryption needs. */
  record Exported(PrivateKey key, SecureRandom random) {

    @Override
    public String toString() {
      return "Exported[redacted]";
    }
  }
}
