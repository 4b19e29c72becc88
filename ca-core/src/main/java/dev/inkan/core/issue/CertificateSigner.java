package dev.inkan.core.issue;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.SigningKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.Provider;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * Signs certificates in two steps, so that the CA key touches nothing that has not been checked.
 * {@link #prepare} signs a rehearsal with a throw-away key and lints it; {@link #sign} signs the
 * very same {@code TBSCertificate} octets, once, and checks what came out. Safe for use by several
 * threads.
 */
public final class CertificateSigner {

  private final Issuer issuer;
  private final Supplier<ContentSigner> caKey;
  private final SigningKey throwAwayKey;
  private final CertificateLint lint;
  private final Provider verification;

  /**
   * @param caKey gives a new signer for each signature
   * @param throwAwayKey of the CA key's algorithm; its signatures are worth nothing
   * @param verification the provider that checks the signature: not the one that made it
   */
  public CertificateSigner(
      Issuer issuer,
      Supplier<ContentSigner> caKey,
      SigningKey throwAwayKey,
      CertificateLint lint,
      Provider verification) {
    this.issuer = issuer;
    this.caKey = caKey;
    this.throwAwayKey = throwAwayKey;
    this.lint = lint;
    this.verification = verification;
  }

  /**
   * Builds, rehearses and lints.
   *
   * @throws LintViolationException if the certificate would break its profile
   * @throws ValidityOutsideIssuerException if it would be valid when its issuer is not
   */
  public Prepared prepare(CertificateTemplate template) {
    issuer.requireCovers(template.validity());
    X509CertificateHolder rehearsal = template.builder(issuer).build(throwAwayKey.newSigner());
    lint.check(rehearsal, template, issuer);
    return new Prepared(this, rehearsal, template);
  }

  /**
   * Signs what was prepared, once.
   *
   * @throws SigningFailedException if the key does not sign, or not correctly; the serial number is
   *     burnt
   */
  public Der sign(Prepared prepared) {
    if (prepared.owner != this) {
      throw new IllegalStateException("certificate was prepared by another signer");
    }
    if (!prepared.redeemed.compareAndSet(false, true)) {
      throw new IllegalStateException("certificate was signed already");
    }
    try {
      X509CertificateHolder signed =
          sign(prepared.rehearsal.toASN1Structure().getTBSCertificate(), caKey.get());
      Der encoded = Der.copyOf(signed.getEncoded());
      // Checked as relying parties will read it, not as we hold it.
      requireSound(new X509CertificateHolder(encoded.toByteArray()), prepared);
      return encoded;
    } catch (SigningFailedException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new SigningFailedException(
          prepared.template.serialNumber(), issuer.name().toString(), e);
    }
  }

  private static X509CertificateHolder sign(TBSCertificate tbs, ContentSigner key) {
    // RFC 5280, section 4.1.1.2: the algorithm outside must be the one inside.
    if (!tbs.getSignature().equals(key.getAlgorithmIdentifier())) {
      throw new IllegalStateException("rehearsal key and CA key differ in algorithm");
    }
    try (OutputStream out = key.getOutputStream()) {
      out.write(tbs.getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DERBitString signature = new DERBitString(key.getSignature());
    return new X509CertificateHolder(
        Certificate.getInstance(
            new DERSequence(new ASN1Encodable[] {tbs, key.getAlgorithmIdentifier(), signature})));
  }

  /** A faulty signature gives the CA's key away, or fails on somebody else's desk. */
  private void requireSound(X509CertificateHolder certificate, Prepared prepared) {
    String flaw = "";
    try {
      if (!certificate.isSignatureValid(
          new JcaContentVerifierProviderBuilder()
              .setProvider(verification)
              .build(issuer.publicKey()))) {
        flaw = "the signature does not verify under the issuer's key";
      } else if (!certificate.getSubjectPublicKeyInfo().equals(prepared.template.publicKeyInfo())) {
        flaw = "the certificate holds another public key than was asked for";
      }
    } catch (CertException | OperatorCreationException e) {
      throw new SigningFailedException(
          prepared.template.serialNumber(), issuer.name().toString(), e);
    }
    if (!flaw.isEmpty()) {
      throw new SigningFailedException(
          prepared.template.serialNumber(),
          issuer.name().toString(),
          new IllegalStateException(flaw));
    }
  }

  /** A linted certificate that may be signed once, by the signer that prepared it. */
  public static final class Prepared {

    private final CertificateSigner owner;
    private final X509CertificateHolder rehearsal;
    private final CertificateTemplate template;
    private final AtomicBoolean redeemed = new AtomicBoolean();

    private Prepared(
        CertificateSigner owner, X509CertificateHolder rehearsal, CertificateTemplate template) {
      this.owner = owner;
      this.rehearsal = rehearsal;
      this.template = template;
    }

    /** What is about to be signed, under a worthless signature. */
    public X509CertificateHolder rehearsal() {
      return rehearsal;
    }
  }
}
