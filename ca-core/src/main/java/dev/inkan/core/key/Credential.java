package dev.inkan.core.key;

import dev.inkan.core.certificate.Der;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.operator.ContentSigner;

/**
 * A key of the authority's own with its certificate and chain: the root's, an issuing CA's, a TLS
 * server's. Its key leaves only inside a PKCS#12 under a passphrase, or not at all if it lives in a
 * token. Safe for use by several threads.
 */
public final class Credential implements IssuerKey {

  private final String id;
  private final SigningKey key;
  private final List<Der> chain;

  Credential(String id, SigningKey key, List<Der> chain) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a credential has at least its own certificate");
    }
    this.id = id;
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /**
   * The PKCS#12 file of key and chain (AES-256, HMAC-SHA256), named by the key's id; hashed 100,000
   * times, or 1,000 under a passphrase that was drawn. The caller wipes the passphrase.
   *
   * @throws IllegalStateException if the key lives in a token
   */
  public Der toPkcs12(Passphrase passphrase) {
    PrivatePart.Exported exported = key.export();
    return new PfxWriter(PfxSettings.under(passphrase), exported.random())
        .write(exported.key(), chain, id, Optional.empty(), passphrase);
  }

  /**
   * The same key with the chain that came for it, under the name that it has from then on.
   *
   * @param newChain the key's certificate first; the caller has seen that it is this key's
   */
  public Credential certified(String newId, List<Der> newChain) {
    return new Credential(newId, key, newChain);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Der certificate() {
    return chain.get(0);
  }

  @Override
  public List<Der> chain() {
    return chain;
  }

  @Override
  public KeyAlgorithm algorithm() {
    return key.algorithm();
  }

  @Override
  public ContentSigner newSigner() {
    return key.newSigner();
  }

  @Override
  public void requireReady() {
    key.requireReady();
  }

  /** A signer for many short messages, such as OCSP answers. */
  public MessageSigner messageSigner() {
    return key.messageSigner();
  }

  @Override
  public String toString() {
    return "Credential[" + id + ", " + key.algorithm() + ", private part redacted]";
  }
}
