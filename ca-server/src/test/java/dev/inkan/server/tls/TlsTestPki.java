package dev.inkan.server.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA made for tests: certificates of every kind, good and bad, with their keys. */
final class TlsTestPki {

  static final char[] PASSWORD = "Passw0rd!12".toCharArray();

  static Instant now() {
    return Instant.now();
  }

  static final String ISSUING_NAME = "C=JP, O=Test Bank, CN=Test Issuing CA";

  /** A certificate with its key. */
  record Issued(KeyPair keys, X509Certificate certificate) {

    Path pkcs12(Path file, X509Certificate... chain) {
      return store(file, keys, certificate, chain);
    }
  }

  private static BigInteger lastSerial = BigInteger.valueOf(0x7000_0000_0000L);

  final Issued issuing = selfSigned(ISSUING_NAME, true);

  static Issued selfSigned(String name, boolean ca) {
    KeyPair keys = ec();
    X500Principal principal = new X500Principal(name);
    var purpose = ca ? null : KeyPurposeId.id_kp_clientAuth;
    return new Issued(
        keys,
        build(
            principal,
            principal,
            keys,
            keys,
            now().minusSeconds(60),
            now().plusSeconds(3600),
            purpose));
  }

  Issued subscriber(String name) {
    return leaf(
        name, now().minusSeconds(60), now().plusSeconds(3600), KeyPurposeId.id_kp_clientAuth);
  }

  Issued expired(String name) {
    return leaf(
        name, now().minusSeconds(7200), now().minusSeconds(3600), KeyPurposeId.id_kp_clientAuth);
  }

  Issued leaf(String name, Instant from, Instant to, KeyPurposeId purpose) {
    return leaf(ec(), name, from, to, purpose);
  }

  Issued leaf(KeyPair keys, String name, Instant from, Instant to, KeyPurposeId purpose) {
    var subject = new X500Principal("C=JP, O=Test Union, CN=" + name);
    X500Principal issuer = issuing.certificate().getSubjectX500Principal();
    return new Issued(keys, build(subject, issuer, keys, issuing.keys(), from, to, purpose));
  }

  Issued server() {
    return leaf(
        "localhost",
        now().minusSeconds(60),
        now().plusSeconds(3600),
        KeyPurposeId.id_kp_serverAuth);
  }

  Issued rsaServer() {
    return leaf(
        rsa(2048),
        "localhost",
        now().minusSeconds(60),
        now().plusSeconds(3600),
        KeyPurposeId.id_kp_serverAuth);
  }

  static KeyPair ec() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path store(Path file, KeyPair keys, X509Certificate leaf, X509Certificate... chain) {
    var whole = new X509Certificate[chain.length + 1];
    whole[0] = leaf;
    System.arraycopy(chain, 0, whole, 1, chain.length);
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("key", keys.getPrivate(), PASSWORD, whole);
      store.store(out, PASSWORD);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return file;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized BigInteger nextSerial() {
    lastSerial = lastSerial.add(BigInteger.ONE);
    return lastSerial;
  }

  private static X509Certificate build(
      X500Principal subject,
      X500Principal issuer,
      KeyPair keys,
      KeyPair signer,
      Instant from,
      Instant to,
      @org.jspecify.annotations.Nullable KeyPurposeId purpose) {
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer, nextSerial(), Date.from(from), Date.from(to), subject, keys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose == null));
      if (purpose != null) {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      }
      if (KeyPurposeId.id_kp_serverAuth.equals(purpose)) {
        var names =
            new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            };
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      String algorithm =
          "RSA".equals(signer.getPrivate().getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA";
      var contentSigner = new JcaContentSignerBuilder(algorithm).build(signer.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(contentSigner));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
