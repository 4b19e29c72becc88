package dev.inkan.core.key;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;

/**
 * The passphrase at work in one PKCS#12: encrypts its parts and seals the whole. The hashing is the
 * JDK's, which does it in less than half of Bouncy Castle's time.
 */
abstract sealed class PfxCipher implements AutoCloseable {

  private static final String PROVIDER = "SunJCE";
  private static final int SALT_OCTETS = 20;
  private static final int IV_OCTETS = 16;
  private static final int AES_256_OCTETS = 32;

  private final int iterations;
  private final SecureRandom random;
  private final PBEKeySpec password;

  private PfxCipher(int iterations, SecureRandom random, char[] password) {
    this.iterations = iterations;
    this.random = random;
    this.password = new PBEKeySpec(password);
  }

  static PfxCipher of(PfxSettings settings, SecureRandom random, char[] password) {
    return switch (settings.profile()) {
      case MODERN -> new Modern(settings.iterations(), random, password);
      case COMPAT -> new Compat(settings.iterations(), random, password);
    };
  }

  /** Octets encrypted under a salt of their own, and how to decrypt them. */
  @SuppressWarnings("ArrayRecordComponent") // lives for one statement; nobody compares it
  record Encrypted(AlgorithmIdentifier algorithm, byte[] octets) {}

  abstract Encrypted encrypt(byte[] plain);

  abstract MacData mac(byte[] authenticatedSafe);

  @Override
  public void close() {
    password.clearPassword();
  }

  final byte[] salt() {
    return randomOctets(SALT_OCTETS);
  }

  final byte[] randomOctets(int count) {
    byte[] octets = new byte[count];
    random.nextBytes(octets);
    return octets;
  }

  final int iterations() {
    return iterations;
  }

  final byte[] encrypt(String algorithm, AlgorithmParameterSpec parameters, byte[] plain) {
    try {
      SecretKey key = SecretKeyFactory.getInstance(algorithm, PROVIDER).generateSecret(password);
      Cipher cipher = Cipher.getInstance(algorithm, PROVIDER);
      cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + " failed", e);
    }
  }

  final MacData mac(String algorithm, ASN1ObjectIdentifier digest, byte[] content) {
    byte[] salt = salt();
    try {
      SecretKey key = SecretKeyFactory.getInstance("PBE", PROVIDER).generateSecret(password);
      Mac mac = Mac.getInstance(algorithm, PROVIDER);
      mac.init(key, new PBEParameterSpec(salt, iterations));
      DigestInfo value =
          new DigestInfo(new AlgorithmIdentifier(digest, DERNull.INSTANCE), mac.doFinal(content));
      return new MacData(value, salt, iterations);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + " failed", e);
    }
  }

  private static final class Modern extends PfxCipher {

    Modern(int iterations, SecureRandom random, char[] password) {
      super(iterations, random, password);
    }

    @Override
    Encrypted encrypt(byte[] plain) {
      byte[] salt = salt();
      byte[] iv = randomOctets(IV_OCTETS);
      byte[] octets =
          encrypt(
              "PBEWithHmacSHA256AndAES_256",
              new PBEParameterSpec(salt, iterations(), new IvParameterSpec(iv)),
              plain);
      return new Encrypted(algorithm(salt, iv), octets);
    }

    private AlgorithmIdentifier algorithm(byte[] salt, byte[] iv) {
      AlgorithmIdentifier prf =
          new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
      return new AlgorithmIdentifier(
          PKCSObjectIdentifiers.id_PBES2,
          new PBES2Parameters(
              new KeyDerivationFunc(
                  PKCSObjectIdentifiers.id_PBKDF2,
                  new PBKDF2Params(salt, iterations(), AES_256_OCTETS, prf)),
              new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv))));
    }

    @Override
    MacData mac(byte[] authenticatedSafe) {
      return mac("HmacPBESHA256", NISTObjectIdentifiers.id_sha256, authenticatedSafe);
    }
  }

  private static final class Compat extends PfxCipher {

    Compat(int iterations, SecureRandom random, char[] password) {
      super(iterations, random, password);
    }

    @Override
    Encrypted encrypt(byte[] plain) {
      byte[] salt = salt();
      byte[] octets =
          encrypt("PBEWithSHA1AndDESede", new PBEParameterSpec(salt, iterations()), plain);
      return new Encrypted(
          new AlgorithmIdentifier(
              PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
              new PKCS12PBEParams(salt, iterations())),
          octets);
    }

    @Override
    MacData mac(byte[] authenticatedSafe) {
      return mac("HmacPBESHA1", OIWObjectIdentifiers.idSHA1, authenticatedSafe);
    }
  }
}
