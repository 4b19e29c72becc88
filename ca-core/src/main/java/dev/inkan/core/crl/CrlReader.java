package dev.inkan.core.crl;

import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.issue.Issuer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * Reads one CA's CRLs as relying parties will, and believes none whose signature does not verify.
 * Entries pass by and are counted; memory holds one block of them. Safe for use by several threads.
 */
public final class CrlReader {

  private static final int BLOCK = 1 << 18;

  private final Issuer issuer;
  private final Provider verification;

  /**
   * @param verification the provider that checks the signature: not the one that made it
   */
  public CrlReader(Issuer issuer, Provider verification) {
    this.issuer = issuer;
    this.verification = verification;
  }

  /** As {@link #read(InputStream, Consumer)}, for whoever wants no entries. */
  public CrlSummary read(Path file) throws IOException, CrlDamagedException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    }
  }

  /** As {@link #read(InputStream, Consumer)}, for whoever wants no entries. */
  public CrlSummary read(InputStream in) throws IOException, CrlDamagedException {
    return read(in, entry -> {});
  }

  /**
   * Reads one CRL, to the end. The stream is left open.
   *
   * @param each is told every entry, before the signature is known to be right: what was made of
   *     them counts only once this has returned
   * @throws CrlDamagedException if it is no CRL of this CA, or not as it was signed
   * @throws IOException if it cannot be read
   */
  public CrlSummary read(InputStream in, Consumer<EncodedEntry> each)
      throws IOException, CrlDamagedException {
    BufferedInputStream blocks = new BufferedInputStream(new Unbroken(in), BLOCK);
    try {
      return summary(new DerStream(blocks), each);
    } catch (BrokenException e) {
      throw e.reason;
    } catch (IOException
        | ParseException
        | OperatorCreationException
        | RuntimeException e) { // Bouncy Castle's parsers throw all sorts
      throw new CrlDamagedException("not a CRL: " + e.getMessage(), e);
    }
  }

  private CrlSummary summary(DerStream der, Consumer<EncodedEntry> each)
      throws IOException, ParseException, OperatorCreationException, CrlDamagedException {
    long all = der.enter(Tlv.SEQUENCE);
    long start = der.position();
    Copy tbs = new Copy();
    der.copyTo(tbs);
    long length = der.enter(Tlv.SEQUENCE);
    long end = der.position() + length;
    der.value(Tlv.INTEGER);
    byte[] algorithm = der.value(Tlv.SEQUENCE);
    ContentVerifier verifier = verifier(algorithm);
    try (OutputStream verified = new BufferedOutputStream(verifier.getOutputStream(), BLOCK)) {
      tbs.goOnTo(verified);
      CrlSummary summary = fields(der, end, each);
      der.copyTo(OutputStream.nullOutputStream());
      verified.flush();
      requireSigned(der, verifier, algorithm);
      if (der.position() != start + all) {
        throw new CrlDamagedException("its length is not as it says");
      }
      der.requireEnd();
      return summary;
    }
  }

  private ContentVerifier verifier(byte[] algorithm) throws OperatorCreationException {
    return new JcaContentVerifierProviderBuilder()
        .setProvider(verification)
        .build(issuer.publicKey())
        .get(AlgorithmIdentifier.getInstance(algorithm));
  }

  private CrlSummary fields(DerStream der, long end, Consumer<EncodedEntry> each)
      throws IOException, ParseException, CrlDamagedException {
    if (!Arrays.equals(der.value(Tlv.SEQUENCE), issuer.name().getEncoded(ASN1Encoding.DER))) {
      throw new CrlDamagedException("it is another CA's");
    }
    Instant thisUpdate = time(der);
    Instant nextUpdate = time(der);
    long entries = der.peek() == Tlv.SEQUENCE ? entries(der, each) : 0;
    der.enter(Tlv.EXTENSIONS);
    Extensions extensions = Extensions.getInstance(der.value(Tlv.SEQUENCE));
    if (der.position() != end) {
      throw new CrlDamagedException("its list is not as long as it says");
    }
    CrlNumber number =
        number(extensions, Extension.cRLNumber)
            .orElseThrow(() -> new CrlDamagedException("it has no number"));
    return new CrlSummary(
        number, number(extensions, Extension.deltaCRLIndicator), thisUpdate, nextUpdate, entries);
  }

  private static long entries(DerStream der, Consumer<EncodedEntry> each) throws IOException {
    long length = der.enter(Tlv.SEQUENCE);
    long end = der.position() + length;
    long entries = 0;
    while (der.position() < end) {
      each.accept(new EncodedEntry(der.value(Tlv.SEQUENCE)));
      entries++;
    }
    return entries;
  }

  private static Instant time(DerStream der) throws IOException, ParseException {
    if (der.peek() == Tlv.UTC_TIME) {
      return ASN1UTCTime.getInstance(ASN1Primitive.fromByteArray(der.value(Tlv.UTC_TIME)))
          .getAdjustedDate()
          .toInstant();
    }
    return ASN1GeneralizedTime.getInstance(
            ASN1Primitive.fromByteArray(der.value(Tlv.GENERALIZED_TIME)))
        .getDate()
        .toInstant();
  }

  private static Optional<CrlNumber> number(Extensions extensions, ASN1ObjectIdentifier which) {
    ASN1Encodable value = extensions.getExtensionParsedValue(which);
    return Optional.ofNullable(value)
        .map(it -> new CrlNumber(ASN1Integer.getInstance(it).longValueExact()));
  }

  private static void requireSigned(DerStream der, ContentVerifier verifier, byte[] algorithm)
      throws IOException, CrlDamagedException {
    // RFC 5280, section 5.1.1.2: the algorithm outside must be the one inside.
    if (!Arrays.equals(der.value(Tlv.SEQUENCE), algorithm)) {
      throw new CrlDamagedException("it names two signature algorithms");
    }
    byte[] signature =
        ASN1BitString.getInstance(ASN1Primitive.fromByteArray(der.value(Tlv.BIT_STRING)))
            .getOctets();
    if (!verifier.verify(signature)) {
      throw new CrlDamagedException("its signature does not verify under the CA's key");
    }
  }

  /** Keeps what comes before the algorithm is known, and passes on the rest. */
  private static final class Copy extends OutputStream {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private OutputStream to = kept;

    void goOnTo(OutputStream out) throws IOException {
      kept.writeTo(out);
      to = out;
    }

    @Override
    public void write(int octet) throws IOException {
      to.write(octet);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
      to.write(octets, from, length);
    }
  }

  /** Tells a disk that fails from a CRL that is none. */
  private static final class Unbroken extends FilterInputStream {

    Unbroken(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw new BrokenException(e);
      }
    }

    @Override
    public int read(byte[] octets, int from, int length) throws IOException {
      try {
        return super.read(octets, from, length);
      } catch (IOException e) {
        throw new BrokenException(e);
      }
    }
  }

  private static final class BrokenException extends IOException {

    private static final long serialVersionUID = 1L;

    private final IOException reason;

    BrokenException(IOException reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
