package dev.inkan.core.key;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A private key that a token made a moment ago and that has no certificate yet, so that nothing but
 * this object finds it. Should the token go away before it has one, another is made.
 */
final class FreshTokenPart implements PrivatePart {

  private final String keyId;
  private final PrivateKey key;
  private final Provider provider;
  private final KeyAlgorithm algorithm;

  FreshTokenPart(String keyId, PrivateKey key, Provider provider, KeyAlgorithm algorithm) {
    this.keyId = keyId;
    this.key = key;
    this.provider = provider;
    this.algorithm = algorithm;
  }

  @Override
  public ContentSigner newSigner() {
    try {
      return new JcaContentSignerBuilder(algorithm.signatureAlgorithm())
          .setProvider(provider)
          .build(key);
    } catch (OperatorCreationException e) {
      throw away(e);
    }
  }

  @Override
  public MessageSigner messageSigner() {
    return new MessageSigner() {
      @Override
      public KeyAlgorithm algorithm() {
        return algorithm;
      }

      @Override
      public byte[] sign(byte[] message, int offset, int length) {
        return FreshTokenPart.this.sign(message, offset, length);
      }
    };
  }

  private byte[] sign(byte[] message, int offset, int length) {
    try {
      Signature signature = Signature.getInstance(algorithm.signatureAlgorithm(), provider);
      signature.initSign(key);
      signature.update(message, offset, length);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw away(e);
    }
  }

  private KeyUnavailableException away(Exception e) {
    return new KeyUnavailableException(
        keyId,
        KeyUnavailableException.Reason.TOKEN_AWAY,
        "the token failed: " + CryptokiException.nameOf(e),
        e);
  }

  @Override
  public void requireReady() {
    // It was made a moment ago.
  }

  @Override
  public Exported export() {
    throw new IllegalStateException("the key '" + keyId + "' lives in a token and stays there");
  }
}
