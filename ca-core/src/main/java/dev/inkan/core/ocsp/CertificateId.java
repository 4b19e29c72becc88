package dev.inkan.core.ocsp;

import dev.inkan.core.certificate.SerialNumber;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Which certificate a client asks about: its issuer by two hashes, and its serial number. The
 * answer repeats it octet for octet, because clients compare it with what they sent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-4.1.1">RFC 6960, section 4.1.1</a>
 */
public final class CertificateId {

  private static final int MOST_SERIAL_OCTETS = 20;

  private final byte[] encoded;
  private final Optional<IssuerHash> hash;
  private final boolean nullParameters;
  private final DerElement issuerName;
  private final DerElement issuerKey;
  private final BigInteger serial;

  private CertificateId(
      byte[] encoded,
      Optional<IssuerHash> hash,
      boolean nullParameters,
      DerElement issuerName,
      DerElement issuerKey,
      BigInteger serial) {
    this.encoded = encoded;
    this.hash = hash;
    this.nullParameters = nullParameters;
    this.issuerName = issuerName;
    this.issuerKey = issuerKey;
    this.serial = serial;
  }

  static CertificateId read(DerElement id) throws MalformedDerException {
    DerElement algorithm = id.require(DerElement.SEQUENCE).first().require(DerElement.SEQUENCE);
    DerElement identifier = algorithm.first().require(DerElement.OBJECT_IDENTIFIER);
    boolean nullParameters = !identifier.isLastIn(algorithm);
    Optional<IssuerHash> hash = hashOf(identifier);
    if (nullParameters) {
      DerElement parameters = identifier.nextIn(algorithm);
      if (!parameters.isLastIn(algorithm)) {
        throw new MalformedDerException("an algorithm of three parts");
      }
      if (!parameters.is(DerElement.NULL) || parameters.length() != 0) {
        hash = Optional.empty(); // another function than the one we know under this name
      }
    }
    if (hash.isEmpty()) {
      UncommonParts.checkAlgorithm(algorithm);
    }
    DerElement name = algorithm.nextIn(id).require(DerElement.OCTET_STRING);
    DerElement key = name.nextIn(id).require(DerElement.OCTET_STRING);
    DerElement serial = key.nextIn(id).require(DerElement.INTEGER);
    if (!serial.isLastIn(id)) {
      throw new MalformedDerException("a CertID of five parts");
    }
    return new CertificateId(id.copy(), hash, nullParameters, name, key, integer(serial));
  }

  private static Optional<IssuerHash> hashOf(DerElement identifier) {
    for (IssuerHash known : IssuerHash.values()) {
      if (known.isNamedBy(identifier)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  private static BigInteger integer(DerElement element) throws MalformedDerException {
    int length = element.length();
    if (length == 0 || length > MOST_SERIAL_OCTETS + 1) {
      throw new MalformedDerException("a serial number of " + length + " octets");
    }
    if (length > 1) {
      int first = element.contentAt(0);
      boolean negative = element.contentAt(1) < 0;
      if ((first == 0 && !negative) || (first == -1 && negative)) {
        throw new MalformedDerException("an integer in more octets than it takes");
      }
    }
    return new BigInteger(element.copyOfContent());
  }

  /** The serial number; empty if it is one that no CA may assign. */
  public Optional<SerialNumber> serialNumber() {
    return serial.signum() > 0 && serial.bitLength() < 8 * MOST_SERIAL_OCTETS
        ? Optional.of(new SerialNumber(serial))
        : Optional.empty();
  }

  /**
   * In which of its four forms the issuer is named, 0-3: by which hash, with or without NULL
   * parameters. Meaningful for a certificate of ours alone; two requests for one of ours with the
   * same serial number and the same form have the same octets.
   */
  public int form() {
    return 2 * hash.map(IssuerHash::ordinal).orElse(0) + (nullParameters ? 1 : 0);
  }

  Optional<IssuerHash> hash() {
    return hash;
  }

  boolean names(byte[] nameHash, byte[] keyHash) {
    return issuerName.contentEquals(nameHash) && issuerKey.contentEquals(keyHash);
  }

  int encodedLength() {
    return encoded.length;
  }

  void putTo(ByteBuffer out) {
    out.put(encoded);
  }

  @Override
  public String toString() {
    return "CertificateId[" + serial.toString(16) + "]";
  }
}
