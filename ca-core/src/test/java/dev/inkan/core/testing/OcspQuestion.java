package dev.inkan.core.testing;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** An OCSP request as Bouncy Castle makes it. */
public final class OcspQuestion {

  public static final AlgorithmIdentifier SHA_1 = CertificateID.HASH_SHA1;
  public static final AlgorithmIdentifier SHA_256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
  public static final AlgorithmIdentifier SHA_512 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512);

  private final Der issuer;
  private final AlgorithmIdentifier hash;
  private final OCSPReqBuilder builder = new OCSPReqBuilder();
  private final List<Extension> extensions = new ArrayList<>();

  /** A question about certificates of {@code issuer}, named by SHA-1. */
  public OcspQuestion(Der issuer) {
    this(issuer, SHA_1);
  }

  public OcspQuestion(Der issuer, AlgorithmIdentifier hash) {
    this.issuer = issuer;
    this.hash = hash;
  }

  public OcspQuestion about(SerialNumber serialNumber) {
    return about(serialNumber.value());
  }

  public OcspQuestion about(BigInteger serial) {
    builder.addRequest(id(serial));
    return this;
  }

  /** With a nonce of {@code length} octets, each of which is 0x5a. */
  public OcspQuestion nonce(int length) {
    byte[] octets = new byte[length];
    java.util.Arrays.fill(octets, (byte) 0x5a);
    try {
      return extension(
          OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(octets).getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public OcspQuestion extension(ASN1ObjectIdentifier name, boolean critical, byte[] value) {
    extensions.add(new Extension(name, critical, new DEROctetString(value)));
    return this;
  }

  /** Bouncy Castle's builder, for what hardly anybody asks. */
  public OCSPReqBuilder builder() {
    if (!extensions.isEmpty()) {
      builder.setRequestExtensions(new Extensions(extensions.toArray(new Extension[0])));
    }
    return builder;
  }

  /** How the certificate with this serial number is named in the question. */
  public CertificateID id(BigInteger serial) {
    try {
      return new CertificateID(
          new JcaDigestCalculatorProviderBuilder().build().get(hash),
          new X509CertificateHolder(issuer.toByteArray()),
          serial);
    } catch (OCSPException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  public byte[] encoded() {
    try {
      return builder().build().getEncoded();
    } catch (OCSPException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
