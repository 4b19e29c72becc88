package dev.inkan.core.issue;

import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Distinguished names of the one shape this CA uses: country, organisation, common name.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.6">RFC 5280, section
 *     4.1.2.6</a>
 */
public final class SubjectName {

  private static final String COUNTRY = "JP";

  private SubjectName() {}

  /** {@code C=JP, O=organisation, CN=commonName}. The lint checks the upper bounds. */
  public static X500Name of(String organisation, String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.C, new DERPrintableString(COUNTRY))
        .addRDN(BCStyle.O, new DERUTF8String(organisation))
        .addRDN(BCStyle.CN, new DERUTF8String(commonName))
        .build();
  }
}
