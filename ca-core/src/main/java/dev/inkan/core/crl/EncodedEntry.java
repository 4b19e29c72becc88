package dev.inkan.core.crl;

import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import java.math.BigInteger;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList;

/**
 * One entry of a CRL that was read, decoded as far as somebody asks: of a million, most are asked
 * for their serial number alone. Good for as long as the call that told it.
 */
public final class EncodedEntry {

  private static final int LONG_FORM = 0x80;

  private final byte[] der;

  EncodedEntry(byte[] der) {
    this.der = der;
  }

  /**
   * The certificate's serial number.
   *
   * @throws IllegalArgumentException if it has none
   */
  public SerialNumber serialNumber() {
    int lengthOctets = (der[1] & LONG_FORM) == 0 ? 0 : der[1] & ~LONG_FORM;
    int at = 2 + (lengthOctets & 0x7);
    if (der.length < at + 2 || der[at] != Tlv.INTEGER || der[at + 1] <= 0) {
      throw new IllegalArgumentException("an entry without serial number");
    }
    return new SerialNumber(new BigInteger(der, at + 2, der[at + 1]));
  }

  /**
   * The whole entry.
   *
   * @throws IllegalArgumentException if it is none
   */
  public CrlEntry decoded() {
    TBSCertList.CRLEntry entry = TBSCertList.CRLEntry.getInstance(der);
    Optional<Extensions> extensions = Optional.ofNullable(entry.getExtensions());
    return new CrlEntry(
        serialNumber(),
        entry.getRevocationDate().getDate().toInstant(),
        extensions.flatMap(EncodedEntry::reason).orElse(RevocationReason.UNSPECIFIED),
        extensions.flatMap(EncodedEntry::invalidityDate));
  }

  private static Optional<RevocationReason> reason(Extensions extensions) {
    return Optional.ofNullable(extensions.getExtensionParsedValue(Extension.reasonCode))
        .flatMap(it -> RevocationReason.ofCode(ASN1Enumerated.getInstance(it).intValueExact()));
  }

  private static Optional<Instant> invalidityDate(Extensions extensions) {
    return Optional.ofNullable(extensions.getExtensionParsedValue(Extension.invalidityDate))
        .map(it -> instant(ASN1GeneralizedTime.getInstance(it)));
  }

  private static Instant instant(ASN1GeneralizedTime time) {
    try {
      return time.getDate().toInstant();
    } catch (ParseException e) {
      throw new IllegalArgumentException("an invalidityDate that is no time", e);
    }
  }
}
