package dev.inkan.core.ocsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads requests, strictly: whatever is not DER, not of the standard's shape or longer than agreed
 * is refused as a value, never with an exception. A signature on a request is not looked at, as the
 * answer would be the same. Safe for use by several threads.
 *
 * <p>A client that encodes its nonce without the inner OCTET STRING is refused as well (RFC 9654).
 */
public final class OcspRequestReader {

  /** So many certificates in one request are answered and no more. */
  public static final int STANDARD_CERTIFICATES = 32;

  private static final int VERSION = 0xa0;
  private static final int REQUESTOR = 0xa1;
  private static final int EXTENSIONS = 0xa2;
  private static final int SINGLE_EXTENSIONS = 0xa0;
  private static final int SIGNATURE = 0xa0;

  private final int mostCertificates;

  /**
   * @param mostCertificates how many certificates one request may ask about; 1 or more
   */
  public OcspRequestReader(int mostCertificates) {
    if (mostCertificates < 1) {
      throw new IllegalArgumentException("a request asks about at least one certificate");
    }
    this.mostCertificates = mostCertificates;
  }

  /** What {@code octets} ask, which is read and not changed. */
  public OcspReading read(byte[] octets) {
    try {
      return new OcspReading.Understood(request(octets));
    } catch (MalformedDerException e) {
      String why = String.valueOf(e.getMessage());
      return new OcspReading.Refused(OcspRefusal.MALFORMED_REQUEST, why);
    }
  }

  private OcspRequest request(byte[] octets) throws MalformedDerException {
    DerElement request = DerElement.whole(octets).require(DerElement.SEQUENCE);
    DerElement toBeSigned = request.first().require(DerElement.SEQUENCE);
    if (!toBeSigned.isLastIn(request)) {
      UncommonParts.checkSignature(lastOf(request, toBeSigned, SIGNATURE));
    }
    DerElement part = toBeSigned.first();
    if (part.is(VERSION)) {
      UncommonParts.checkVersion(part);
      part = part.nextIn(toBeSigned);
    }
    if (part.is(REQUESTOR)) {
      UncommonParts.checkRequestor(part);
      part = part.nextIn(toBeSigned);
    }
    List<CertificateId> certificates = certificates(part.require(DerElement.SEQUENCE));
    Optional<Nonce> nonce =
        part.isLastIn(toBeSigned)
            ? Optional.empty()
            : RequestExtensions.nonce(lastOf(toBeSigned, part, EXTENSIONS).only());
    return new OcspRequest(certificates, nonce);
  }

  private List<CertificateId> certificates(DerElement list) throws MalformedDerException {
    DerElement single = list.first().require(DerElement.SEQUENCE);
    List<CertificateId> certificates = new ArrayList<>(1);
    certificates.add(certificate(single));
    while (!single.isLastIn(list)) {
      if (certificates.size() == mostCertificates) {
        throw new MalformedDerException("more than " + mostCertificates + " certificates");
      }
      single = single.nextIn(list).require(DerElement.SEQUENCE);
      certificates.add(certificate(single));
    }
    return certificates;
  }

  private static CertificateId certificate(DerElement single) throws MalformedDerException {
    DerElement id = single.first();
    if (!id.isLastIn(single)) {
      RequestExtensions.checkSingle(lastOf(single, id, SINGLE_EXTENSIONS).only());
    }
    return CertificateId.read(id);
  }

  /** The element after {@code before}, which must be the last in {@code parent}. */
  private static DerElement lastOf(DerElement parent, DerElement before, int tag)
      throws MalformedDerException {
    DerElement last = before.nextIn(parent).require(tag);
    if (!last.isLastIn(parent)) {
      throw new MalformedDerException("an element too many");
    }
    return last;
  }
}
