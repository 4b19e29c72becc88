package dev.inkan.server.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateRevokedException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Validates certificates as the JDK does that runs it, once by OCSP and once by a CRL: {@code
 * OCSP-URL FOLDER LIST}, as the other programs of {@code src/test/clients}. Needs nothing beside
 * the JDK.
 */
final class JdkStatusProgram {

  /** By their numbers. */
  private static final List<CRLReason> REASONS = List.of(CRLReason.values());

  private static final CertificateFactory CERTIFICATES = certificates();

  private final URI ocsp;
  private final X509Certificate issuing;
  private final X509CRL full;

  private JdkStatusProgram(URI ocsp, Path folder) throws GeneralSecurityException, IOException {
    this.ocsp = ocsp;
    this.issuing = load(folder.resolve("issuing.pem"));
    try (InputStream in = Files.newInputStream(folder.resolve("full.crl"))) {
      this.full = (X509CRL) CERTIFICATES.generateCRL(in);
    }
  }

  public static void main(String[] arguments) throws GeneralSecurityException, IOException {
    System.out.print(answers(List.of(arguments)));
  }

  /** The lines that it prints. */
  static String answers(List<String> arguments) throws GeneralSecurityException, IOException {
    JdkStatusProgram program =
        new JdkStatusProgram(URI.create(arguments.get(0)), Path.of(arguments.get(1)));
    StringBuilder answers = new StringBuilder();
    for (String line : Files.readAllLines(Path.of(arguments.get(2)))) {
      List<String> fields = List.of(line.split("\t", -1));
      X509Certificate leaf = load(Path.of(fields.get(1)));
      X509Certificate issuer = load(Path.of(fields.get(2)));
      answers.append("OCSP\t" + fields.get(0) + "\t" + program.byOcsp(leaf, issuer) + "\n");
      answers.append("CRL\t" + fields.get(0) + "\t" + program.byCrl(leaf) + "\n");
    }
    return answers.toString();
  }

  private String byOcsp(X509Certificate leaf, X509Certificate issuer)
      throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
    return validate(leaf, parameters, EnumSet.of(Option.NO_FALLBACK, Option.ONLY_END_ENTITY));
  }

  private String byCrl(X509Certificate leaf) throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuing, null)));
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(Set.of(full))));
    return validate(
        leaf,
        parameters,
        EnumSet.of(Option.PREFER_CRLS, Option.NO_FALLBACK, Option.ONLY_END_ENTITY));
  }

  private String validate(X509Certificate leaf, PKIXParameters parameters, Set<Option> options)
      throws GeneralSecurityException {
    CertPathValidator validator = CertPathValidator.getInstance("PKIX");
    PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    checker.setOcspResponder(ocsp);
    checker.setOptions(options);
    parameters.addCertPathChecker(checker);
    CertPath path = CERTIFICATES.generateCertPath(List.of(leaf));
    try {
      var unused = validator.validate(path, parameters);
      return "good\t\t\t";
    } catch (CertPathValidatorException refused) {
      return refusal(refused);
    }
  }

  private static String refusal(CertPathValidatorException refused) {
    if (refused.getCause() instanceof CertificateRevokedException revoked) {
      boolean specified = revoked.getRevocationReason() != CRLReason.UNSPECIFIED;
      Date since = revoked.getInvalidityDate();
      return String.join(
          "\t",
          "revoked",
          specified ? Integer.toString(REASONS.indexOf(revoked.getRevocationReason())) : "",
          seconds(revoked.getRevocationDate().toInstant()),
          since == null ? "" : seconds(since.toInstant()));
    }
    String message = String.valueOf(refused.getMessage());
    if (refused.getReason() == BasicReason.EXPIRED) {
      return "expired\t\t\t";
    } else if (refused.getReason() == PKIXReason.NO_TRUST_ANCHOR) {
      return "untrusted\t\t\t";
    } else if (message.contains("status is unknown")) {
      return "unknown\t\t\t";
    } else if (message.contains("UNAUTHORIZED")) {
      return "unauthorized\t\t\t";
    }
    return refused.getReason() + ": " + message + "\t\t\t";
  }

  private static String seconds(Instant time) {
    return Long.toString(time.getEpochSecond());
  }

  private static X509Certificate load(Path path) throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return (X509Certificate) CERTIFICATES.generateCertificate(in);
    }
  }

  private static CertificateFactory certificates() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK reads X.509", e);
    }
  }
}
