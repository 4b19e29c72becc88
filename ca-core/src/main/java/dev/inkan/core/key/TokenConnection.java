package dev.inkan.core.key;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.KeyUnavailableException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One log-in at a token, until the token goes away or its library starts anew. All of it is used
 * under the library's lock.
 */
final class TokenConnection {

  private final Cryptoki cryptoki;
  private final long starts;
  private final long slot;
  private final Provider provider;
  private final Map<String, Held> keys = new ConcurrentHashMap<>();

  // As the library's providers: what holds a session must not be collected in another's time.
  private final Set<Object> begun = ConcurrentHashMap.newKeySet();

  TokenConnection(Cryptoki cryptoki, long slot, Provider provider) {
    this.cryptoki = cryptoki;
    this.starts = cryptoki.starts();
    this.slot = slot;
    this.provider = provider;
  }

  Cryptoki cryptoki() {
    return cryptoki;
  }

  long slot() {
    return slot;
  }

  Provider provider() {
    return provider;
  }

  boolean isOfThisStart() {
    return starts == cryptoki.starts();
  }

  void requireThisStart() throws CryptokiException {
    if (!isOfThisStart()) {
      throw new CryptokiException("the library started anew");
    }
  }

  void begin(Object signature) {
    begun.add(signature);
  }

  void end(Object signature) {
    begun.remove(signature);
  }

  /** A session to look at objects with: some libraries show an absent token as an empty one. */
  CryptokiSession open() throws CryptokiException {
    cryptoki.requireToken(slot);
    return cryptoki.open(slot);
  }

  void forget(String object) {
    keys.remove(object);
  }

  /** A key and the certificate beside it. */
  record Held(PrivateKey key, Der certificate) {

    @Override
    public String toString() {
      return "Held[redacted]";
    }
  }

  /** The key with a label, once it was looked at: one alone, with its certificate, kept inside. */
  Held held(String keyId, String object) throws CryptokiException, GeneralSecurityException {
    Held known = keys.get(object);
    if (known == null) {
      try (CryptokiSession session = open()) {
        requireSound(keyId, object, session);
        Der certificate = new TokenCertificates(session).single(keyId, object);
        known = new Held(find(keyId, object), certificate);
      }
      keys.put(object, known);
    }
    return known;
  }

  /** Refuses a key that is missing, double, without its certificate, or can be got out. */
  private static void requireSound(String keyId, String object, CryptokiSession session)
      throws CryptokiException {
    long key = single(keyId, object, session, CryptokiSession.PRIVATE_KEYS);
    requireKeptInside(keyId, object, session, key);
    byte[] id = session.octets(key, CryptokiSession.ID);
    if (session.find(CryptokiSession.PRIVATE_KEYS, CryptokiSession.ID, id).size() != 1) {
      throw new KeyUnavailableException(
          keyId, Reason.AMBIGUOUS, "two private keys of the token have the CKA_ID of " + object);
    }
    long certificate = single(keyId, object, session, CryptokiSession.CERTIFICATES);
    if (!Arrays.equals(id, session.octets(certificate, CryptokiSession.ID))) {
      throw new KeyUnavailableException(
          keyId,
          Reason.KEY_DOES_NOT_MATCH_CERTIFICATE,
          "key and certificate " + object + " of the token have not the same CKA_ID");
    }
  }

  /** The one object of a class that has the label. */
  static long single(String keyId, String object, CryptokiSession session, long objects)
      throws CryptokiException {
    String what = objects == CryptokiSession.CERTIFICATES ? "certificate" : "private key";
    List<Long> found = session.find(objects, CryptokiSession.LABEL, octets(object));
    if (found.isEmpty()) {
      throw new KeyUnavailableException(
          keyId, Reason.MISSING, "the token holds no " + what + " with the label " + object);
    }
    if (found.size() > 1) {
      throw new KeyUnavailableException(
          keyId,
          Reason.AMBIGUOUS,
          "the token holds " + found.size() + " objects '" + what + "' with the label " + object);
    }
    return found.get(0);
  }

  static void requireKeptInside(String keyId, String object, CryptokiSession session, long key)
      throws CryptokiException {
    if (session.isTrue(key, CryptokiSession.EXTRACTABLE)
        || !session.isTrue(key, CryptokiSession.SENSITIVE)) {
      throw new KeyUnavailableException(
          keyId,
          Reason.EXTRACTABLE,
          "the token would hand the key " + object + " out (CKA_EXTRACTABLE, not CKA_SENSITIVE)");
    }
  }

  private PrivateKey find(String keyId, String object)
      throws GeneralSecurityException, CryptokiException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, null);
      if (store.getKey(object, null) instanceof PrivateKey key) {
        return key;
      }
      throw new KeyUnavailableException(
          keyId, Reason.UNSUITABLE, "the token's object " + object + " is no key that signs");
    } catch (IOException e) {
      throw new CryptokiException(CryptokiException.nameOf(e), e);
    }
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
