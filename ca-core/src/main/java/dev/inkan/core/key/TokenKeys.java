package dev.inkan.core.key;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.KeyUnavailableException.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The authority's keys in a token: opens and makes them. Each has a label, CKA_LABEL, which no
 * other has, and beside it the certificate under the same label and CKA_ID. A key that the token
 * would hand out is refused, whenever it is opened. Safe for use by several threads.
 */
public final class TokenKeys {

  /** A key without certificate has this after its label, until it has one. */
  private static final String UNFINISHED = ".next";

  private static final int ID_OCTETS = 16;
  private static final byte[] PROBE = {0x69, 0x6e, 0x6b, 0x61, 0x6e};

  private final Token token;
  private final CryptoProviders providers;
  private final SecureRandom random;

  public TokenKeys(Token token, CryptoProviders providers, SecureRandom random) {
    this.token = token;
    this.providers = providers;
    this.random = random;
  }

  /**
   * The key labelled {@code object}, with its chain as far as the token holds it. Later the key is
   * found again by itself, should the token go away and come back.
   *
   * @param keyId how messages and logs call the key
   * @throws KeyUnavailableException if it is not there, not there alone, not kept inside, not its
   *     certificate's, or the token is away
   */
  public Credential load(String keyId, String object) {
    List<Der> chain =
        token.use(
            keyId,
            connection -> {
              try (CryptokiSession session = connection.open()) {
                connection.forget(object);
                Object unused = connection.held(keyId, object);
                return new TokenCertificates(session).chain(keyId, object);
              }
            });
    PublicKey publicKey = publicKey(keyId, chain.get(0));
    KeyAlgorithm algorithm = algorithm(keyId, object, publicKey);
    TokenPrivatePart privatePart =
        new TokenPrivatePart(token, keyId, object, chain.get(0), algorithm);
    requireBelongTogether(keyId, object, privatePart, publicKey);
    return new SigningKey(publicKey, algorithm, privatePart).certified(keyId, chain);
  }

  /** The certificate labelled {@code object}, if there is one: another when the key is another. */
  public Optional<Der> certificate(String keyId, String object) {
    return token.use(
        keyId,
        connection -> {
          try (CryptokiSession session = connection.open()) {
            return new TokenCertificates(session).find(object);
          }
        });
  }

  /**
   * Refuses to go on if anything is labelled {@code object}.
   *
   * @throws KeyUnavailableException if so
   */
  public void requireNone(String keyId, String object) {
    boolean taken =
        token.use(
            keyId,
            connection -> {
              try (CryptokiSession session = connection.open()) {
                return !find(session, CryptokiSession.PRIVATE_KEYS, object).isEmpty()
                    || !find(session, CryptokiSession.CERTIFICATES, object).isEmpty();
              }
            });
    if (taken) {
      throw new KeyUnavailableException(
          keyId,
          Reason.AMBIGUOUS,
          "the token holds something with the label " + object + " already");
    }
  }

  /** Makes keys in the token, to be given their certificate by {@link #keep}. */
  public SigningKeyMaker maker(String keyId, String object) {
    return algorithm -> token.use(keyId, connection -> make(connection, keyId, object, algorithm));
  }

  private SigningKey make(
      TokenConnection connection, String keyId, String object, KeyAlgorithm algorithm)
      throws CryptokiException, GeneralSecurityException {
    String label = object + UNFINISHED;
    try (CryptokiSession session = connection.open()) {
      for (long left : find(session, CryptokiSession.PRIVATE_KEYS, label)) {
        session.destroy(left);
      }
      Provider provider = connection.cryptoki().provider(connection.slot(), template(label));
      KeyPair pair = CryptoProviders.keyPair(algorithm, provider, random);
      long made = TokenConnection.single(keyId, label, session, CryptokiSession.PRIVATE_KEYS);
      TokenConnection.requireKeptInside(keyId, label, session, made);
      return new SigningKey(
          KeyFactory.getInstance(algorithm.family(), providers.forVerification())
              .generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded())),
          algorithm,
          new FreshTokenPart(keyId, pair.getPrivate(), provider, algorithm));
    }
  }

  /** What a new private key is: named, and never to be seen outside. */
  private String template(String label) {
    byte[] id = new byte[ID_OCTETS];
    random.nextBytes(id);
    id[0] &= 0x7f; // the JDK reads a number, which would get another octet in front
    return String.join(
        "\n",
        "attributes(generate,CKO_PRIVATE_KEY,*) = {",
        "CKA_TOKEN = true",
        "CKA_PRIVATE = true",
        "CKA_SENSITIVE = true",
        "CKA_EXTRACTABLE = false",
        "CKA_SIGN = true",
        "CKA_DECRYPT = false",
        "CKA_UNWRAP = false",
        "CKA_LABEL = 0h" + HexFormat.of().formatHex(TokenConnection.octets(label)),
        "CKA_ID = 0h" + HexFormat.of().formatHex(id),
        "}",
        "attributes(generate,CKO_PUBLIC_KEY,*) = {",
        "CKA_VERIFY = true",
        "}",
        "");
  }

  /**
   * Gives the key that was made last its certificate and its name; a key and certificate that had
   * the name before are removed for good.
   *
   * @param chain the key's certificate first, then its issuers up to and with the root
   * @return the key, opened
   */
  public Credential keep(String keyId, String object, List<Der> chain) {
    Boolean unused =
        token.use(
            keyId,
            connection -> {
              try (CryptokiSession session = connection.open()) {
                keep(session, keyId, object, chain);
                return true;
              }
            });
    return load(keyId, object);
  }

  private static void keep(CryptokiSession session, String keyId, String object, List<Der> chain)
      throws CryptokiException {
    TokenCertificates certificates = new TokenCertificates(session);
    List<Long> made = find(session, CryptokiSession.PRIVATE_KEYS, object + UNFINISHED);
    if (made.isEmpty() && certificates.find(object).equals(Optional.of(chain.get(0)))) {
      return; // done already, before the token failed to say so
    }
    long key =
        TokenConnection.single(keyId, object + UNFINISHED, session, CryptokiSession.PRIVATE_KEYS);
    List<Long> before = new ArrayList<>(find(session, CryptokiSession.PRIVATE_KEYS, object));
    before.addAll(find(session, CryptokiSession.CERTIFICATES, object));
    for (long old : before) {
      session.destroy(old);
    }
    certificates.add(chain, object, session.octets(key, CryptokiSession.ID));
    session.change(key, CryptokiSession.LABEL, TokenConnection.octets(object));
  }

  /**
   * Gives the key labelled {@code object} another certificate in place of the one it has.
   *
   * @param chain the key's certificate first, then its issuers up to and with the root
   * @return the key, opened
   */
  public Credential certify(String keyId, String object, List<Der> chain) {
    Boolean unused =
        token.use(
            keyId,
            connection -> {
              try (CryptokiSession session = connection.open()) {
                long key =
                    TokenConnection.single(keyId, object, session, CryptokiSession.PRIVATE_KEYS);
                for (long old : find(session, CryptokiSession.CERTIFICATES, object)) {
                  session.destroy(old);
                }
                new TokenCertificates(session)
                    .add(chain, object, session.octets(key, CryptokiSession.ID));
                return true;
              }
            });
    return load(keyId, object);
  }

  private static List<Long> find(CryptokiSession session, long objects, String label)
      throws CryptokiException {
    return session.find(objects, CryptokiSession.LABEL, TokenConnection.octets(label));
  }

  private PublicKey publicKey(String keyId, Der certificate) {
    try {
      SubjectPublicKeyInfo info =
          TokenCertificates.parse(keyId, certificate).getSubjectPublicKeyInfo();
      return KeyFactory.getInstance(
              info.getAlgorithm().getAlgorithm().getId(), providers.forVerification())
          .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    } catch (IOException | GeneralSecurityException e) {
      throw new KeyUnavailableException(
          keyId, Reason.UNSUITABLE, "the certificate in the token has no usable key", e);
    }
  }

  private static KeyAlgorithm algorithm(String keyId, String object, PublicKey publicKey) {
    return KeyAlgorithm.of(publicKey)
        .orElseThrow(
            () ->
                new KeyUnavailableException(
                    keyId,
                    Reason.UNSUITABLE,
                    "the token's key " + object + " is of an unknown algorithm"));
  }

  private void requireBelongTogether(
      String keyId, String object, TokenPrivatePart key, PublicKey publicKey) {
    boolean verified;
    try {
      Signature verifier =
          Signature.getInstance(
              algorithm(keyId, object, publicKey).signatureAlgorithm(),
              providers.forVerification());
      verifier.initVerify(publicKey);
      verifier.update(PROBE);
      verified = verifier.verify(key.sign(PROBE, 0, PROBE.length));
    } catch (GeneralSecurityException e) {
      throw mismatch(keyId, object, e);
    }
    if (!verified) {
      throw mismatch(keyId, object, new IllegalStateException("a signature did not verify"));
    }
  }

  private static KeyUnavailableException mismatch(String keyId, String object, Exception cause) {
    return new KeyUnavailableException(
        keyId,
        Reason.KEY_DOES_NOT_MATCH_CERTIFICATE,
        "the token's key " + object + " is not the one in its certificate",
        cause);
  }
}
