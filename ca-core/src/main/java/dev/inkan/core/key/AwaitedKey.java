package dev.inkan.core.key;

import dev.inkan.core.certificate.Der;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;

/**
 * A key whose certificate is still to come. Key files and tokens hold no key without one, so it
 * bears one that it signed itself, which says that it is nobody's: no CA, no purpose, no issuer.
 */
public final class AwaitedKey {

  private static final int YEARS = 2;

  private AwaitedKey() {}

  /**
   * The key under a certificate that stands for the one to come.
   *
   * @param id how messages and logs call the key
   * @param subject whom the certificate to come is to name
   */
  public static Credential of(String id, SigningKey key, X500Name subject, Instant now) {
    Instant end = now.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant();
    try {
      byte[] encoded =
          new JcaX509v3CertificateBuilder(
                  subject, BigInteger.ONE, Date.from(now), Date.from(end), subject, key.publicKey())
              .build(key.newSigner())
              .getEncoded();
      return key.certified(id, List.of(Der.copyOf(encoded)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
