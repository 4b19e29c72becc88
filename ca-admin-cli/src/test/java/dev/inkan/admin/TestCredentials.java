package dev.inkan.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root with a server's and operators' certificates, in files. */
final class TestCredentials {

  static final String PASSWORD = "kimura-7-opens";

  private final KeyPair rootKeys = keys();
  private final X500Principal rootName;
  private final X509Certificate root;
  private long serial = 4096;

  TestCredentials(String name) {
    this.rootName = new X500Principal("C=JP, O=テスト銀行, CN=" + name);
    this.root = sign(rootName, rootKeys.getPublic(), true, List.of());
  }

  /** The root in PEM. */
  Path root(Path file) throws IOException, GeneralSecurityException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(root.getEncoded());
    return Files.writeString(
        file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
  }

  /** An operator's PKCS#12, with the root in its chain. */
  Path operator(Path file, String name) throws IOException, GeneralSecurityException {
    KeyPair keys = keys();
    try (OutputStream out = Files.newOutputStream(file)) {
      store(keys, sign(new X500Principal("CN=" + name), keys.getPublic(), false, List.of()))
          .store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  /** The TLS side of a server that insists on a certificate of this root. */
  SSLContext server(String... hostNames) throws IOException, GeneralSecurityException {
    KeyPair keys = keys();
    X509Certificate certificate =
        sign(new X500Principal("CN=server"), keys.getPublic(), false, List.of(hostNames));
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(store(keys, certificate), PASSWORD.toCharArray());
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry("root", root);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore store(KeyPair keys, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "key",
        keys.getPrivate(),
        PASSWORD.toCharArray(),
        new X509Certificate[] {certificate, root});
    return store;
  }

  private X509Certificate sign(
      X500Principal subject, PublicKey key, boolean authority, List<String> hostNames) {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            rootName,
            BigInteger.valueOf(serial++),
            Date.from(now.minusSeconds(60)),
            Date.from(now.plusSeconds(7_200)),
            subject,
            key);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!hostNames.isEmpty()) {
        GeneralName[] names =
            hostNames.stream()
                .map(
                    it ->
                        new GeneralName(
                            it.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName,
                            it))
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(rootKeys.getPrivate())));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
