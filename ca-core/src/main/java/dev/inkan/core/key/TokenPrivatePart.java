package dev.inkan.core.key;

import dev.inkan.core.certificate.Der;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A private key in a token, found by its label, and found again when the token comes back. */
final class TokenPrivatePart implements PrivatePart {

  private final Token token;
  private final String keyId;
  private final String object;
  private final Der certificate;
  private final KeyAlgorithm algorithm;

  TokenPrivatePart(
      Token token, String keyId, String object, Der certificate, KeyAlgorithm algorithm) {
    this.token = token;
    this.keyId = keyId;
    this.object = object;
    this.certificate = certificate;
    this.algorithm = algorithm;
  }

  @Override
  public ContentSigner newSigner() {
    return token.use(
        keyId,
        connection ->
            new TokenContentSigner(
                token,
                keyId,
                connection,
                new JcaContentSignerBuilder(algorithm.signatureAlgorithm())
                    .setProvider(connection.provider())
                    .build(key(connection))));
  }

  /** The key, if it still is the certificate's: another may have taken the name. */
  private PrivateKey key(TokenConnection connection)
      throws CryptokiException, GeneralSecurityException {
    TokenConnection.Held held = connection.held(keyId, object);
    if (!held.certificate().equals(certificate)) {
      throw new KeyUnavailableException(
          keyId,
          KeyUnavailableException.Reason.KEY_DOES_NOT_MATCH_CERTIFICATE,
          "the token's key " + object + " was replaced by another");
    }
    return held.key();
  }

  @Override
  public MessageSigner messageSigner() {
    return new TokenMessageSigner();
  }

  @Override
  public void requireReady() {
    PrivateKey unused =
        token.use(
            keyId,
            connection -> {
              PrivateKey known = key(connection);
              try (CryptokiSession session = connection.open()) {
                if (session
                        .find(
                            CryptokiSession.PRIVATE_KEYS,
                            CryptokiSession.LABEL,
                            TokenConnection.octets(object))
                        .size()
                    != 1) {
                  // Some libraries tell so that a token is gone.
                  throw new CryptokiException("the key " + object + " is found no more");
                }
              }
              return known;
            });
  }

  @Override
  public Exported export() {
    throw new IllegalStateException("the key '" + keyId + "' lives in a token and stays there");
  }

  byte[] sign(byte[] message, int offset, int length) {
    return token.use(
        keyId,
        connection -> {
          Signature signature =
              Signature.getInstance(algorithm.signatureAlgorithm(), connection.provider());
          signature.initSign(key(connection));
          signature.update(message, offset, length);
          return signature.sign();
        });
  }

  private final class TokenMessageSigner implements MessageSigner {

    @Override
    public KeyAlgorithm algorithm() {
      return algorithm;
    }

    @Override
    public byte[] sign(byte[] message, int offset, int length) {
      return TokenPrivatePart.this.sign(message, offset, length);
    }

    @Override
    public String toString() {
      return "MessageSigner[" + algorithm + ", in a token]";
    }
  }
}
