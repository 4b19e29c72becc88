package dev.inkan.core.key;

import dev.inkan.core.certificate.Der;
import java.util.List;
import org.bouncycastle.operator.ContentSigner;

/**
 * A key that certificates are signed with, wherever it lives: in a file, in a token. There is no
 * way to the private key itself. Safe for use by several threads.
 */
public interface IssuerKey {

  /** How messages and logs call the key. */
  String id();

  /** The key's own certificate. */
  Der certificate();

  /** The key's certificate first, then its issuers up to and with the root. */
  List<Der> chain();

  KeyAlgorithm algorithm();

  /**
   * A signer for one signature; the next signature takes another.
   *
   * @throws KeyUnavailableException if the key lives in a token that is away
   */
  ContentSigner newSigner();

  /**
   * Asks whether the key could sign now, without signing: before something is begun that would have
   * to be ended without it.
   *
   * @throws KeyUnavailableException if it could not
   */
  void requireReady();
}
