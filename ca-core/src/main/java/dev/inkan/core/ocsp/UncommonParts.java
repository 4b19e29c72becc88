package dev.inkan.core.ocsp;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ocsp.Signature;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * Parts of a request that hardly any client sends and that change no answer. Bouncy Castle says
 * whether they are well formed; whatever it throws is a refusal (S18).
 */
final class UncommonParts {

  private UncommonParts() {}

  /** Version 1, spelt out although it is the default. */
  static void checkVersion(DerElement explicit) throws MalformedDerException {
    DerElement version = explicit.only().require(DerElement.INTEGER);
    if (version.length() != 1 || version.contentAt(0) != 0) {
      throw new MalformedDerException("another version than 1");
    }
  }

  static void checkRequestor(DerElement explicit) throws MalformedDerException {
    check(explicit.only(), GeneralName::getInstance);
  }

  static void checkSignature(DerElement explicit) throws MalformedDerException {
    check(explicit.only(), Signature::getInstance);
  }

  /** The hash of a CertID that is none of ours: the answer repeats it. */
  static void checkAlgorithm(DerElement algorithm) throws MalformedDerException {
    check(algorithm, AlgorithmIdentifier::getInstance);
  }

  private static void check(DerElement element, Function<ASN1Primitive, ASN1Object> type)
      throws MalformedDerException {
    byte[] octets = element.copy();
    try {
      byte[] again = type.apply(ASN1Primitive.fromByteArray(octets)).getEncoded(ASN1Encoding.DER);
      if (!Arrays.equals(octets, again)) {
        throw new MalformedDerException("a part that is not DER");
      }
    } catch (IOException | RuntimeException e) {
      throw new MalformedDerException("a part of the wrong shape");
    }
  }
}
