package dev.inkan.core.key;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Lock;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;

/**
 * One signature of a token's key: ends with an exception if the token goes away or its library
 * starts anew before it is made. For one thread.
 */
final class TokenContentSigner implements ContentSigner {

  private final Token token;
  private final String keyId;
  private final TokenConnection connection;
  private final ContentSigner signer;

  TokenContentSigner(Token token, String keyId, TokenConnection connection, ContentSigner signer) {
    this.token = token;
    this.keyId = keyId;
    this.connection = connection;
    this.signer = signer;
    connection.begin(signer);
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return signer.getAlgorithmIdentifier();
  }

  @Override
  public OutputStream getOutputStream() {
    OutputStream inner = signer.getOutputStream();
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] octets, int offset, int length) {
        byte[] unused =
            guarded(
                () -> {
                  inner.write(octets, offset, length);
                  return octets;
                });
      }
    };
  }

  @Override
  public byte[] getSignature() {
    byte[] signature = guarded(signer::getSignature);
    connection.end(signer);
    return signature;
  }

  @FunctionalInterface
  private interface Step {
    byte[] take() throws IOException;
  }

  private byte[] guarded(Step step) {
    Lock lock = connection.cryptoki().lock().readLock();
    lock.lock();
    try {
      connection.requireThisStart();
      return step.take();
    } catch (CryptokiException | IOException | RuntimeException e) {
      throw token.lost(keyId, connection, e); // what PKCS#11 fails with comes in all three kinds
    } finally {
      lock.unlock();
    }
  }
}
