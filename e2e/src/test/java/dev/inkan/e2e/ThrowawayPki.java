package dev.inkan.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root that signs leaves directly, to prove these tools before there is a server. */
final class ThrowawayPki {

  static final String PASSWORD = "Passw0rd!1";

  private final KeyPair rootKeys = ec();
  private final X500Principal rootName;
  private final X509Certificate root;
  private final Duration age;
  private long serial = 1;

  ThrowawayPki(String name) {
    this(name, Duration.ofMinutes(1));
  }

  /**
   * @param age how long ago its certificates began, for programs whose clock is behind
   */
  ThrowawayPki(String name, Duration age) {
    this(new X500Principal("C=JP, O=Test Bank, CN=" + name), age);
  }

  /** One that calls itself by the very name of another CA. */
  ThrowawayPki(X500Principal name) {
    this(name, Duration.ofMinutes(1));
  }

  private ThrowawayPki(X500Principal name, Duration age) {
    this.age = age;
    rootName = name;
    root = sign(rootName, rootKeys.getPublic(), null);
  }

  X509Certificate root() {
    return root;
  }

  Path server(Path file) {
    return leaf(file, "localhost", KeyPurposeId.id_kp_serverAuth);
  }

  Path subscriber(Path file, String userId) {
    return leaf(file, userId, KeyPurposeId.id_kp_clientAuth);
  }

  private Path leaf(Path file, String name, KeyPurposeId purpose) {
    KeyPair keys = ec();
    X509Certificate leaf =
        sign(new X500Principal("C=JP, O=Test Union, CN=" + name), keys.getPublic(), purpose);
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      char[] password = PASSWORD.toCharArray();
      store.setKeyEntry(name, keys.getPrivate(), password, new X509Certificate[] {leaf, root});
      store.store(out, password);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return file;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate sign(
      X500Principal subject,
      PublicKey key,
      @org.jspecify.annotations.Nullable KeyPurposeId purpose) {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            rootName,
            BigInteger.valueOf(0x1000_0000L + serial++),
            Date.from(now.minus(age)),
            Date.from(now.plusSeconds(7_200)),
            subject,
            key);
    try {
      boolean ca = purpose == null;
      var ids = new JcaX509ExtensionUtils();
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(ca ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          ids.createAuthorityKeyIdentifier(rootKeys.getPublic()));
      if (purpose != null) {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      }
      if (KeyPurposeId.id_kp_serverAuth.equals(purpose)) {
        GeneralName[] names = {
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        };
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(rootKeys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair ec() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
