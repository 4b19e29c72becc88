package dev.inkan.server;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certificates with keys, as PEM files for curl: some that the server issued, and some that only
 * the issuing key, or another CA of its name, could have made.
 */
final class GatewayCredentials {

  private static final String ALGORITHM = "SHA384withECDSA";

  private final TestServer server;
  private final Path folder;
  private final PrivateKey issuingKey;
  private final X509Certificate issuing;

  GatewayCredentials(TestServer server, Path folder) {
    this.server = server;
    this.folder = folder;
    try {
      Path keys = server.folder().resolve("keys");
      char[] passphrase =
          Files.readString(keys.resolve("issuing.passphrase")).strip().toCharArray();
      KeyStore store = KeyStore.getInstance(keys.resolve("issuing.p12").toFile(), passphrase);
      String alias = store.aliases().nextElement();
      this.issuingKey = (PrivateKey) store.getKey(alias, passphrase);
      this.issuing = (X509Certificate) store.getCertificate(alias);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A certificate with key in a file. */
  record Credential(Path pem, X509Certificate certificate) {

    SerialNumber serialNumber() {
      return new SerialNumber(certificate.getSerialNumber());
    }

    /** As a gateway forwards it. */
    String forwarded() {
      return ":" + Base64.getEncoder().encodeToString(encoded(certificate)) + ":";
    }
  }

  /** Issued through the nine steps. */
  Credential issued() {
    Visitor visitor = server.newVisitor().issued();
    char[] password = visitor.person().password().toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(visitor.download().octets()), password);
      String alias = store.aliases().nextElement();
      X509Certificate leaf = (X509Certificate) store.getCertificate(alias);
      return write((PrivateKey) store.getKey(alias, password), leaf);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In the ledger, and ended yesterday. */
  Credential expired() {
    Instant end = Instant.now().minus(Duration.ofDays(1));
    Credential made = leaf(ours(), end.minus(Duration.ofDays(2)), end);
    Person person = server.newPerson();
    String id =
        server.query("SELECT id FROM app_user WHERE user_id = '" + person.userId() + "'").get(0);
    X509Certificate leaf = made.certificate();
    CertificateRecord entry =
        CertificateRecord.prepared(
                made.serialNumber(),
                CertificateKind.SUBSCRIBER,
                CaName.ISSUING,
                new SubscriberId(id),
                new Validity(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()),
                Instant.now(),
                new NodeName("test"))
            .issued();
    server
        .storage()
        .transactions()
        .inTransaction(
            stores -> {
              stores.certificates().restore(entry, Der.copyOf(encoded(leaf)));
              return entry;
            });
    return made;
  }

  /** By our very key, and the ledger does not know it. */
  Credential unknown() {
    return leaf(ours(), aMinuteAgo(), tomorrow());
  }

  /** By another CA that bears our CA's name. */
  Credential foreign() {
    return leaf(new Ca(ours().name(), keys().getPrivate()), aMinuteAgo(), tomorrow());
  }

  /** A CRL of the issuing CA, with this number, that has ended. */
  String endedCrl(BigInteger number) {
    Instant ended = Instant.now().minus(Duration.ofHours(1));
    try {
      var builder = new JcaX509v2CRLBuilder(issuing, Date.from(ended.minus(Duration.ofHours(1))));
      builder.setNextUpdate(Date.from(ended));
      builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
      var signer = new JcaContentSignerBuilder(ALGORITHM).build(issuingKey);
      byte[] crl = new JcaX509CRLConverter().getCRL(builder.build(signer)).getEncoded();
      return pem("X509 CRL", crl);
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a CRL in PEM names the issuing CA. */
  boolean isIssuingCas(String crl) {
    try {
      X509CRL parsed =
          (X509CRL)
              CertificateFactory.getInstance("X.509")
                  .generateCRL(new ByteArrayInputStream(crl.getBytes(StandardCharsets.US_ASCII)));
      return parsed.getIssuerX500Principal().equals(issuing.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A CA's name and key. */
  private record Ca(X500Principal name, PrivateKey key) {}

  private Ca ours() {
    return new Ca(issuing.getSubjectX500Principal(), issuingKey);
  }

  private Credential leaf(Ca ca, Instant from, Instant to) {
    KeyPair own = keys();
    var builder =
        new JcaX509v3CertificateBuilder(
            ca.name(),
            SerialNumber.random(new SecureRandom()).value(),
            Date.from(from),
            Date.from(to),
            new X500Principal("C=JP, O=Test Union, CN=betsu001"),
            own.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
      var signer = new JcaContentSignerBuilder(ALGORITHM).build(ca.key());
      return write(
          own.getPrivate(),
          new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Instant aMinuteAgo() {
    return Instant.now().minusSeconds(60);
  }

  private static Instant tomorrow() {
    return Instant.now().plus(Duration.ofDays(1));
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

  private Credential write(PrivateKey key, X509Certificate leaf) {
    Path file = folder.resolve(new SerialNumber(leaf.getSerialNumber()) + ".pem");
    try {
      Files.writeString(
          file, pem("CERTIFICATE", encoded(leaf)) + pem("PRIVATE KEY", key.getEncoded()));
      return new Credential(file, leaf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pem(String label, byte[] octets) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
