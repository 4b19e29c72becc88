package dev.inkan.core.testing;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/** An OCSP response as Bouncy Castle reads it. */
public final class OcspReply {

  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private final byte[] octets;
  private final OCSPResp response;

  public OcspReply(byte[] octets) {
    this.octets = octets.clone();
    try {
      this.response = new OCSPResp(octets);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The {@code OCSPResponseStatus}: 0 is an answer. */
  public int code() {
    return response.getStatus();
  }

  public BasicOCSPResp basic() {
    try {
      return (BasicOCSPResp) response.getResponseObject();
    } catch (OCSPException e) {
      throw new IllegalStateException(e);
    }
  }

  public SingleResp[] singles() {
    return basic().getResponses();
  }

  /** What is said of each certificate. */
  public List<CertificateStatus> statuses() {
    return Arrays.stream(singles()).map(OcspReply::status).toList();
  }

  /** What is said of the first certificate. */
  public CertificateStatus status() {
    return statuses().get(0);
  }

  private static CertificateStatus status(SingleResp single) {
    Object status = single.getCertStatus();
    if (status == null) {
      return new CertificateStatus.Good();
    }
    if (status instanceof UnknownStatus) {
      return new CertificateStatus.Unknown();
    }
    RevokedStatus revoked = (RevokedStatus) status;
    return new CertificateStatus.Revoked(
        revoked.getRevocationTime().toInstant(),
        revoked.hasRevocationReason()
            ? RevocationReason.ofCode(revoked.getRevocationReason()).orElseThrow()
            : RevocationReason.UNSPECIFIED);
  }

  public Instant thisUpdate() {
    return singles()[0].getThisUpdate().toInstant();
  }

  public Instant nextUpdate() {
    return singles()[0].getNextUpdate().toInstant();
  }

  /** The nonce's octets; empty if there is none. */
  public byte[] nonce() {
    Extension extension = basic().getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    return extension == null
        ? new byte[0]
        : ASN1OctetString.getInstance(extension.getParsedValue()).getOctets();
  }

  /** Whether it is signed by the certificate in it, and that by {@code issuer}. */
  public boolean isSignedUnder(Der issuer) {
    try {
      X509CertificateHolder responder = basic().getCerts()[0];
      X509CertificateHolder authority = new X509CertificateHolder(issuer.toByteArray());
      JcaContentVerifierProviderBuilder verifiers =
          new JcaContentVerifierProviderBuilder().setProvider(PROVIDER);
      return basic().isSignatureValid(verifiers.build(responder))
          && responder.isSignatureValid(verifiers.build(authority));
    } catch (OCSPException | CertException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    } catch (IOException | java.security.cert.CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the octets are DER, and nothing else. */
  public boolean isDer() {
    try {
      return Arrays.equals(octets, response.toASN1Structure().getEncoded("DER"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
