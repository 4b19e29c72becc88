package dev.inkan.core.ocsp;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.key.KeyAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/**
 * Writes responses octet by octet: what every answer of one responder has in common is encoded
 * once, the rest is lengths, times and what the client asked. Immutable.
 */
final class ResponseTemplate {

  private static final int TIME = 17;
  private static final int NEXT_UPDATE = 2 + TIME;
  private static final int REASON = 5;

  /** id-pkix-ocsp-basic with its tag and length. */
  private static final byte[] BASIC = {
    0x06, 0x09, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01
  };

  /** id-pkix-ocsp-nonce with its tag and length. */
  private static final byte[] NONCE = {
    0x06, 0x09, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x02
  };

  /** The whole extension id-pkix-ocsp-extended-revoke, whose value is NULL. */
  private static final byte[] EXTENDED_REVOKE = {
    0x30, 0x0f, 0x06, 0x09, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x09, 0x04, 0x02, 0x05,
    0x00
  };

  private final byte[] responderId;
  private final byte[] algorithm;
  private final byte[] certificates;

  ResponseTemplate(X509CertificateHolder responder, KeyAlgorithm keyAlgorithm) {
    // byKey is the SHA-1 of the key's bits, which is not what the CA uses as key identifier.
    byte[] keyHash =
        IssuerHash.SHA_1.digest(responder.getSubjectPublicKeyInfo().getPublicKeyData().getOctets());
    this.responderId = wrap(0xa2, wrap(DerElement.OCTET_STRING, keyHash));
    try {
      this.algorithm =
          new DefaultSignatureAlgorithmIdentifierFinder()
              .find(keyAlgorithm.signatureAlgorithm())
              .getEncoded("DER");
      this.certificates = wrap(0xa0, wrap(DerElement.SEQUENCE, responder.getEncoded()));
    } catch (IOException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }

  private static byte[] wrap(int tag, byte[] content) {
    ByteBuffer out = ByteBuffer.allocate(DerLength.ofElement(content.length));
    return header(out, tag, content.length).put(content).array();
  }

  /** The octets to be signed, inside a larger array. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Unsigned(byte[] octets, int offset, int length) {}

  /** The {@code ResponseData}. */
  Unsigned fill(List<SingleAnswer> answers, Freshness times, Optional<Nonce> nonce) {
    int singles = 0;
    boolean neverIssued = false;
    for (SingleAnswer answer : answers) {
      singles += DerLength.ofElement(singleLength(answer));
      neverIssued |= answer.status().equals(SingleAnswer.NEVER_ISSUED);
    }
    int extensions =
        (neverIssued ? EXTENDED_REVOKE.length : 0)
            + nonce.map(it -> DerLength.ofElement(nonceLength(it))).orElse(0);
    int content =
        responderId.length
            + TIME
            + DerLength.ofElement(singles)
            + (extensions == 0 ? 0 : DerLength.ofElement(DerLength.ofElement(extensions)));
    ByteBuffer out = ByteBuffer.allocate(DerLength.ofElement(content));
    header(out, DerElement.SEQUENCE, content).put(responderId);
    GeneralizedTime.put(out, times.producedAt());
    header(out, DerElement.SEQUENCE, singles);
    answers.forEach(answer -> putSingle(out, answer, times));
    if (extensions > 0) {
      header(out, 0xa1, DerLength.ofElement(extensions));
      header(out, DerElement.SEQUENCE, extensions);
      if (neverIssued) {
        out.put(EXTENDED_REVOKE);
      }
      nonce.ifPresent(it -> putNonce(out, it));
    }
    return new Unsigned(out.array(), 0, out.position());
  }

  private static int singleLength(SingleAnswer answer) {
    return answer.certificate().encodedLength()
        + statusLength(answer.status())
        + TIME
        + NEXT_UPDATE;
  }

  private static int statusLength(CertificateStatus status) {
    return status instanceof CertificateStatus.Revoked revoked ? 2 + revokedLength(revoked) : 2;
  }

  private static int revokedLength(CertificateStatus.Revoked revoked) {
    return TIME + (statesReason(revoked) ? REASON : 0);
  }

  /** RFC 5280, section 5.3.1: an unspecified reason is better left away. */
  private static boolean statesReason(CertificateStatus.Revoked revoked) {
    return revoked.reason() != RevocationReason.UNSPECIFIED;
  }

  private static void putSingle(ByteBuffer out, SingleAnswer answer, Freshness times) {
    header(out, DerElement.SEQUENCE, singleLength(answer));
    answer.certificate().putTo(out);
    putStatus(out, answer.status());
    GeneralizedTime.put(out, times.thisUpdate());
    header(out, 0xa0, TIME);
    GeneralizedTime.put(out, times.nextUpdate());
  }

  private static void putStatus(ByteBuffer out, CertificateStatus status) {
    if (status instanceof CertificateStatus.Revoked revoked) {
      header(out, 0xa1, revokedLength(revoked));
      GeneralizedTime.put(out, revoked.at());
      if (statesReason(revoked)) {
        out.put(new byte[] {(byte) 0xa0, 0x03, 0x0a, 0x01, (byte) revoked.reason().code()});
      }
    } else {
      out.put((byte) (status instanceof CertificateStatus.Good ? 0x80 : 0x82)).put((byte) 0);
    }
  }

  private static int nonceLength(Nonce nonce) {
    return NONCE.length + DerLength.ofElement(DerLength.ofElement(nonce.length()));
  }

  private static void putNonce(ByteBuffer out, Nonce nonce) {
    header(out, DerElement.SEQUENCE, nonceLength(nonce)).put(NONCE);
    header(out, DerElement.OCTET_STRING, DerLength.ofElement(nonce.length()));
    header(out, DerElement.OCTET_STRING, nonce.length());
    nonce.putTo(out);
  }

  /** The {@code OCSPResponse} around {@code unsigned} and its signature. */
  byte[] complete(Unsigned unsigned, byte[] signature) {
    int bits = 1 + signature.length;
    int basic =
        unsigned.length() + algorithm.length + DerLength.ofElement(bits) + certificates.length;
    int octetString = DerLength.ofElement(basic);
    int responseBytes = BASIC.length + DerLength.ofElement(octetString);
    int explicit = DerLength.ofElement(responseBytes);
    int response = 3 + DerLength.ofElement(explicit);
    ByteBuffer out = ByteBuffer.allocate(DerLength.ofElement(response));
    header(out, DerElement.SEQUENCE, response).put(new byte[] {0x0a, 0x01, 0x00}); // successful
    header(out, 0xa0, explicit);
    header(out, DerElement.SEQUENCE, responseBytes).put(BASIC);
    header(out, DerElement.OCTET_STRING, octetString);
    header(out, DerElement.SEQUENCE, basic);
    out.put(unsigned.octets(), unsigned.offset(), unsigned.length()).put(algorithm);
    header(out, 0x03, bits).put((byte) 0).put(signature);
    return out.put(certificates).array();
  }

  private static ByteBuffer header(ByteBuffer out, int tag, int contentLength) {
    return DerLength.put(out.put((byte) tag), contentLength);
  }
}
