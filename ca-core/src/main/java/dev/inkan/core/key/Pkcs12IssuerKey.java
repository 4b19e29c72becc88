package dev.inkan.core.key;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.KeyUnavailableException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Reads an issuer's key from a PKCS#12 file, such as {@link Credential#toPkcs12} writes. Whatever
 * is wrong with the file becomes a {@link KeyUnavailableException} that names it.
 */
public final class Pkcs12IssuerKey {

  private static final long MAXIMUM_OCTETS = 1 << 20;
  private static final byte[] PROBE = {0x69, 0x6e, 0x6b, 0x61, 0x6e};

  private final CryptoProviders providers;
  private final SecureRandom random;

  public Pkcs12IssuerKey(CryptoProviders providers, SecureRandom random) {
    this.providers = providers;
    this.random = random;
  }

  /**
   * Reads the key in {@code file} and checks that it belongs to its certificate. The caller wipes
   * the passphrase.
   *
   * @param keyId how messages and logs call the key
   */
  public Credential load(String keyId, Path file, Passphrase passphrase) {
    byte[] octets = read(keyId, file);
    char[] password = passphrase.toCharArray();
    try {
      KeyStore store = open(keyId, file, octets, password);
      String alias = keyAlias(keyId, file, store);
      Key key = store.getKey(alias, password);
      List<Der> chain = new ArrayList<>();
      for (Certificate certificate : store.getCertificateChain(alias)) {
        chain.add(Der.copyOf(certificate.getEncoded()));
      }
      PublicKey publicKey = store.getCertificate(alias).getPublicKey();
      return certified(keyId, file, key, publicKey, chain);
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailableException(keyId, Reason.DAMAGED, file + " holds no usable key", e);
    } finally {
      Arrays.fill(password, '\0');
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static byte[] read(String keyId, Path file) {
    try {
      if (Files.size(file) > MAXIMUM_OCTETS) {
        throw new KeyUnavailableException(
            keyId, Reason.UNSUITABLE, file + " is too large for a key file");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new KeyUnavailableException(keyId, Reason.MISSING, file + " does not exist", e);
    } catch (IOException e) {
      throw new KeyUnavailableException(keyId, Reason.UNREADABLE, file + " cannot be read", e);
    }
  }

  private static KeyStore open(String keyId, Path file, byte[] octets, char[] password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(octets), password);
      return store;
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw new KeyUnavailableException(
            keyId, Reason.WRONG_PASSPHRASE, "the passphrase does not open " + file, e);
      }
      throw damaged(keyId, file, e);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw damaged(keyId, file, e); // the parser throws unchecked on some malformed input
    }
  }

  private static KeyUnavailableException damaged(String keyId, Path file, Exception cause) {
    return new KeyUnavailableException(
        keyId, Reason.DAMAGED, file + " is not a whole PKCS#12 file", cause);
  }

  private static String keyAlias(String keyId, Path file, KeyStore store)
      throws GeneralSecurityException {
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias) && store.getCertificate(alias) != null) {
        return alias;
      }
    }
    throw new KeyUnavailableException(
        keyId, Reason.UNSUITABLE, file + " holds no key with a certificate");
  }

  private Credential certified(
      String keyId, Path file, Key key, PublicKey publicKey, List<Der> chain) {
    KeyAlgorithm algorithm =
        KeyAlgorithm.of(publicKey)
            .orElseThrow(
                () ->
                    new KeyUnavailableException(
                        keyId, Reason.UNSUITABLE, file + " holds a key of an unknown algorithm"));
    try {
      Provider provider = providers.forKeysOf(algorithm);
      PrivateKey privateKey =
          KeyFactory.getInstance(algorithm.family(), provider)
              .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
      if (!belongTogether(privateKey, publicKey, algorithm)) {
        throw mismatch(keyId, file);
      }
      return new SigningKey(
              publicKey, algorithm, new LocalPrivatePart(privateKey, algorithm, providers, random))
          .certified(keyId, chain);
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailableException(
          keyId,
          Reason.KEY_DOES_NOT_MATCH_CERTIFICATE,
          "the key in " + file + " does not work with its certificate",
          e);
    }
  }

  private boolean belongTogether(PrivateKey privateKey, PublicKey publicKey, KeyAlgorithm algorithm)
      throws GeneralSecurityException {
    Signature signer =
        Signature.getInstance(algorithm.signatureAlgorithm(), providers.forKeysOf(algorithm));
    signer.initSign(privateKey, random);
    signer.update(PROBE);
    byte[] signature = signer.sign();
    Signature verifier =
        Signature.getInstance(algorithm.signatureAlgorithm(), providers.forVerification());
    verifier.initVerify(publicKey);
    verifier.update(PROBE);
    return verifier.verify(signature);
  }

  private static KeyUnavailableException mismatch(String keyId, Path file) {
    return new KeyUnavailableException(
        keyId,
        Reason.KEY_DOES_NOT_MATCH_CERTIFICATE,
        "the key in " + file + " is not the one in its certificate");
  }
}
