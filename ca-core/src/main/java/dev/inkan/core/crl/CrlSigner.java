package dev.inkan.core.crl;

import dev.inkan.core.issue.Issuer;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.ContentSigner;

/**
 * Signs CRLs whose entries are never in memory: they are read once to be signed and once to be
 * written, in blocks. What is written has not been checked; see {@link CrlReader}. Safe for use by
 * several threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-5">RFC 5280, section 5</a>
 */
public final class CrlSigner {

  private static final int BLOCK = 1 << 18;
  private static final byte[] VERSION_2 = {Tlv.INTEGER, 1, 1};

  private final Issuer issuer;
  private final Supplier<ContentSigner> key;

  /**
   * @param key gives a new signer for each signature
   */
  public CrlSigner(Issuer issuer, Supplier<ContentSigner> key) {
    this.issuer = issuer;
    this.key = key;
  }

  /**
   * Signs and writes one CRL. {@code out} is not closed.
   *
   * @throws IOException if the entries cannot be read or the CRL cannot be written
   */
  public void sign(CrlContent content, CrlEntries entries, OutputStream out) throws IOException {
    ContentSigner signer = key.get();
    byte[] algorithm = signer.getAlgorithmIdentifier().getEncoded(ASN1Encoding.DER);
    byte[] start = start(content, entries, algorithm);
    byte[] extensions = Tlv.of(Tlv.EXTENSIONS, extensions(content));
    long length = start.length + entries.octets() + extensions.length;
    byte[] header = Tlv.header(Tlv.SEQUENCE, length);

    try (OutputStream signed = new BufferedOutputStream(signer.getOutputStream(), BLOCK)) {
      writeTbs(header, start, entries, extensions, signed);
    }
    byte[] signature = new DERBitString(signer.getSignature()).getEncoded(ASN1Encoding.DER);

    OutputStream blocks = new BufferedOutputStream(out, BLOCK);
    long all = header.length + length + algorithm.length + signature.length;
    blocks.write(Tlv.header(Tlv.SEQUENCE, all));
    writeTbs(header, start, entries, extensions, blocks);
    blocks.write(algorithm);
    blocks.write(signature);
    blocks.flush();
  }

  private static void writeTbs(
      byte[] header, byte[] start, CrlEntries entries, byte[] extensions, OutputStream out)
      throws IOException {
    out.write(header);
    out.write(start);
    entries.writeTo(out);
    out.write(extensions);
  }

  /** Everything of the TBSCertList before the first entry. */
  private byte[] start(CrlContent content, CrlEntries entries, byte[] algorithm)
      throws IOException {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.writeBytes(VERSION_2);
    start.writeBytes(algorithm);
    start.writeBytes(issuer.name().getEncoded(ASN1Encoding.DER));
    start.writeBytes(Tlv.time(content.thisUpdate()));
    start.writeBytes(Tlv.time(content.nextUpdate()));
    // RFC 5280, section 5.1.2.6: no list at all rather than an empty one.
    if (entries.octets() > 0) {
      start.writeBytes(Tlv.header(Tlv.SEQUENCE, entries.octets()));
    }
    return start.toByteArray();
  }

  private byte[] extensions(CrlContent content) throws IOException {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(issuer.keyIdentifier().getOctets()));
    extensions.addExtension(Extension.cRLNumber, false, integer(content.number().value()));
    if (content.base().isPresent()) {
      extensions.addExtension(
          Extension.deltaCRLIndicator, true, integer(content.base().get().value()));
    }
    if (content.freshest().isPresent()) {
      extensions.addExtension(Extension.freshestCRL, false, at(content.freshest().get()));
    }
    return extensions.generate().getEncoded(ASN1Encoding.DER);
  }

  private static ASN1Integer integer(long value) {
    return new ASN1Integer(BigInteger.valueOf(value));
  }

  private static CRLDistPoint at(URI delta) {
    GeneralName name = new GeneralName(GeneralName.uniformResourceIdentifier, delta.toString());
    DistributionPointName point = new DistributionPointName(new GeneralNames(name));
    return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(point, null, null)});
  }
}
