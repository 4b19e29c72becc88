package dev.inkan.core.key;

import dev.inkan.core.certificate.Der;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;

/**
 * Lays out a PKCS#12 element by element. Neither the JDK's key store nor Bouncy Castle's is used:
 * their defaults are what other readers stumble over (40-bit RC2, indefinite lengths, attributes in
 * the wrong string type). What is written is DER throughout.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7292#section-4">RFC 7292, section 4</a>
 */
final class PfxWriter {

  private static final ASN1ObjectIdentifier MICROSOFT_PROVIDER_NAME =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.17.1");

  private final PfxSettings settings;
  private final SecureRandom random;

  PfxWriter(PfxSettings settings, SecureRandom random) {
    this.settings = settings;
    this.random = random;
  }

  Der write(
      PrivateKey key,
      List<Der> chain,
      String friendlyName,
      Optional<String> providerName,
      Passphrase passphrase) {
    char[] password = passphrase.toCharArray();
    byte[] encodedKey = key.getEncoded();
    try (PfxCipher cipher = PfxCipher.of(settings, random, password)) {
      ASN1EncodableVector keyAttributes = names(friendlyName, chain.get(0));
      providerName.ifPresent(
          name -> keyAttributes.add(attribute(MICROSOFT_PROVIDER_NAME, new DERBMPString(name))));
      PfxCipher.Encrypted shrouded = cipher.encrypt(encodedKey);
      SafeBag keyBag =
          new SafeBag(
              PKCSObjectIdentifiers.pkcs8ShroudedKeyBag,
              new EncryptedPrivateKeyInfo(shrouded.algorithm(), shrouded.octets()),
              new DERSet(keyAttributes));
      PfxCipher.Encrypted certificates =
          cipher.encrypt(encode(new DERSequence(certificateBags(chain, friendlyName))));
      byte[] safe =
          encode(
              new AuthenticatedSafe(
                  new ContentInfo[] {
                    data(encode(new DERSequence(keyBag))),
                    new ContentInfo(
                        PKCSObjectIdentifiers.encryptedData,
                        new EncryptedData(
                            PKCSObjectIdentifiers.data,
                            certificates.algorithm(),
                            new DEROctetString(certificates.octets())))
                  }));
      return Der.copyOf(encode(new Pfx(data(safe), cipher.mac(safe))));
    } finally {
      Arrays.fill(encodedKey, (byte) 0);
      Arrays.fill(password, '\0');
    }
  }

  private static SafeBag[] certificateBags(List<Der> chain, String friendlyName) {
    SafeBag[] bags = new SafeBag[chain.size()];
    for (int i = 0; i < bags.length; i++) {
      CertBag certificate =
          new CertBag(
              PKCSObjectIdentifiers.x509Certificate,
              new DEROctetString(chain.get(i).toByteArray()));
      // The key's own certificate is tied to it by localKeyID; the others bear no name.
      bags[i] =
          i == 0
              ? new SafeBag(
                  PKCSObjectIdentifiers.certBag,
                  certificate,
                  new DERSet(names(friendlyName, chain.get(0))))
              : new SafeBag(PKCSObjectIdentifiers.certBag, certificate);
    }
    return bags;
  }

  private static ASN1EncodableVector names(String friendlyName, Der leaf) {
    ASN1EncodableVector attributes = new ASN1EncodableVector();
    attributes.add(
        attribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(friendlyName)));
    attributes.add(
        attribute(
            PKCSObjectIdentifiers.pkcs_9_at_localKeyId, new DEROctetString(localKeyId(leaf))));
    return attributes;
  }

  private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new Attribute(type, new DERSet(value));
  }

  /** Twenty octets that no other certificate shares; what they mean is up to the writer. */
  private static byte[] localKeyId(Der leaf) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf.toByteArray());
      return Arrays.copyOf(digest, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static ContentInfo data(byte[] octets) {
    return new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(octets));
  }

  private static byte[] encode(ASN1Encodable object) {
    try {
      return object.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
