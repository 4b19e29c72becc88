package dev.inkan.core.audit;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.Validity;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose signature on a checkpoint counts: that of a certificate below the trusted root, in force
 * when it signed, whose one extended key usage is document signing. Needs the JDK alone. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9336">RFC 9336</a>
 */
public final class AuditTrust {

  /** {@code id-kp-documentSigning}. */
  private static final String DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";

  /** By the fingerprint of an audit key's certificate: that, then its issuers below the root. */
  private final Map<String, List<X509Certificate>> paths;

  private AuditTrust(Map<String, List<X509Certificate>> paths) {
    this.paths = Map.copyOf(paths);
  }

  /**
   * Finds the audit keys' certificates that lead to the root.
   *
   * @param rootPem the trusted root's certificate, known from elsewhere than what is checked
   * @param certificatesPem certificates of audit keys and of CAs, one after the other, in any order
   * @throws IllegalArgumentException if one of the texts is not of certificates
   */
  public static AuditTrust of(String rootPem, String certificatesPem) {
    List<X509Certificate> roots = parse(rootPem);
    if (roots.size() != 1) {
      throw new IllegalArgumentException("there is one root, not " + roots.size());
    }
    List<X509Certificate> known = parse(certificatesPem);
    Map<String, List<X509Certificate>> paths = new HashMap<>();
    for (X509Certificate certificate : known) {
      if (isAuditKeys(certificate)) {
        List<X509Certificate> path = path(certificate, roots.get(0), known);
        if (!path.isEmpty()) {
          paths.put(fingerprint(certificate), path);
        }
      }
    }
    return new AuditTrust(paths);
  }

  private static List<X509Certificate> parse(String pem) {
    try {
      List<X509Certificate> certificates = new ArrayList<>();
      byte[] octets = pem.getBytes(StandardCharsets.UTF_8);
      CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(octets))
          .forEach(certificate -> certificates.add((X509Certificate) certificate));
      return certificates;
    } catch (CertificateException e) {
      throw new IllegalArgumentException("not certificates in PEM", e);
    }
  }

  private static boolean isAuditKeys(X509Certificate certificate) {
    try {
      return List.of(DOCUMENT_SIGNING).equals(certificate.getExtendedKeyUsage());
    } catch (CertificateException e) {
      return false; // what cannot be read is no audit key's
    }
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return Fingerprint.of(Der.copyOf(certificate.getEncoded())).hex();
    } catch (CertificateException e) {
      throw new IllegalArgumentException("a certificate that was read can be written", e);
    }
  }

  /** The certificate and its issuers below the root; empty if it does not lead there. */
  private static List<X509Certificate> path(
      X509Certificate signer, X509Certificate root, List<X509Certificate> known) {
    try {
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(signer);
      PKIXBuilderParameters parameters =
          new PKIXBuilderParameters(Set.of(new TrustAnchor(root, null)), target);
      parameters.setRevocationEnabled(false); // offline, and long after
      parameters.setDate(signer.getNotBefore());
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
      List<X509Certificate> path = new ArrayList<>();
      CertPathBuilder.getInstance("PKIX")
          .build(parameters)
          .getCertPath()
          .getCertificates()
          .forEach(certificate -> path.add((X509Certificate) certificate));
      return path;
    } catch (GeneralSecurityException e) {
      return List.of(); // every checkpoint it signed is then reported
    }
  }

  /** Why the checkpoint's signature does not count, or empty if it does. */
  public Optional<String> objection(AuditCheckpoint checkpoint) {
    List<X509Certificate> path = paths.get(checkpoint.signedBy());
    if (path == null) {
      return Optional.of("no audit key's certificate with its fingerprint leads to the root");
    }
    if (!path.stream().allMatch(certificate -> isInForce(certificate, checkpoint.at()))) {
      return Optional.of("its signer's certificate was not in force when it was signed");
    }
    return isSigned(checkpoint, path.get(0))
        ? Optional.empty()
        : Optional.of("its signature is not over these values");
  }

  private static boolean isInForce(X509Certificate certificate, Instant at) {
    return new Validity(
            certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant())
        .contains(at);
  }

  private static boolean isSigned(AuditCheckpoint checkpoint, X509Certificate signer) {
    try {
      Signature verifier = Signature.getInstance(AuditCheckpoint.SIGNATURE_ALGORITHM);
      verifier.initVerify(signer.getPublicKey());
      verifier.update(checkpoint.signedOctets());
      return verifier.verify(Base64.getDecoder().decode(checkpoint.signature()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // not a signature of this form at all
    }
  }
}
