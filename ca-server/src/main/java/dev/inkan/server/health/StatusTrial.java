package dev.inkan.server.health;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/**
 * Asks the OCSP desk as a gateway does, with a nonce, so that the answer cannot come from memory:
 * the ledger must be fresh enough, and the responder's key must sign.
 */
public final class StatusTrial implements Supplier<Optional<String>> {

  private static final int NONCE_OCTETS = 16;

  private final UnaryOperator<byte[]> desk;
  private final Der issuer;
  private final Supplier<Optional<SerialNumber>> about;
  private final SecureRandom random;

  /**
   * @param desk answers a request in DER
   * @param issuer the issuing CA's certificate
   * @param about a certificate of that CA that the ledger has
   */
  public StatusTrial(
      UnaryOperator<byte[]> desk,
      Der issuer,
      Supplier<Optional<SerialNumber>> about,
      SecureRandom random) {
    this.desk = desk;
    this.issuer = issuer;
    this.about = about;
    this.random = random;
  }

  @Override
  public Optional<String> get() {
    Optional<SerialNumber> serialNumber = about.get();
    if (serialNumber.isEmpty()) {
      return Optional.of("the responder has no key");
    }
    try {
      int status = new OCSPResp(desk.apply(request(serialNumber.get()))).getStatus();
      return status == OCSPResp.SUCCESSFUL
          ? Optional.empty()
          : Optional.of(
              "OCSP questions are answered with status "
                  + status
                  + ": the ledger was not read for too long, the clock is off, or the responder's"
                  + " certificate has ended");
    } catch (IOException | OCSPException | OperatorCreationException e) {
      throw new IllegalStateException("an OCSP question could not be asked", e);
    }
  }

  private byte[] request(SerialNumber serialNumber)
      throws IOException, OCSPException, OperatorCreationException {
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    AlgorithmIdentifier sha1 =
        new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE);
    CertificateID id =
        new CertificateID(
            new BcDigestCalculatorProvider().get(sha1),
            new X509CertificateHolder(issuer.toByteArray()),
            serialNumber.value());
    return new OCSPReqBuilder()
        .addRequest(id)
        .setRequestExtensions(
            new Extensions(
                new Extension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                    false,
                    new DEROctetString(nonce).getEncoded())))
        .build()
        .getEncoded();
  }
}
