package dev.inkan.bench;

import dev.inkan.core.audit.ChainHash;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.key.Credential;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.status.LedgerHistory;
import dev.inkan.server.status.LedgerPoint;
import dev.inkan.server.status.OcspDesk;
import dev.inkan.server.status.ResponderKeys;
import dev.inkan.server.status.StatusChange;
import dev.inkan.server.status.StatusFeed;
import dev.inkan.server.status.StatusFollower;
import dev.inkan.server.status.StatusIndex;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** A responder's whole inside over a ledger in memory, of which every tenth entry is revoked. */
final class OcspScene {

  private static final int NONCE_OCTETS = 16;

  private final BenchPki pki;
  private final Credential responder;
  private final List<SerialNumber> serials;
  private final StatusIndex index = new StatusIndex();
  private final ResponderKeys keys = new ResponderKeys(CaName.ISSUING);
  private final StatusFollower follower;

  OcspScene(BenchPki pki, int certificates) {
    this.pki = pki;
    this.responder = pki.responder();
    this.serials =
        Stream.generate(() -> SerialNumber.random(pki.random())).limit(certificates).toList();
    this.follower =
        new StatusFollower(
            new Ledger(), index, new LedgerHistory(), Clock.systemUTC(), ClockPolicy.BANK);
    keys.use(new OcspResponder(responder));
    follower.start();
  }

  Credential responder() {
    return responder;
  }

  List<SerialNumber> serials() {
    return serials;
  }

  static boolean isRevoked(int place) {
    return place % 10 == 9;
  }

  /** Answers that may be relied on for {@code period}. */
  OcspDesk desk(Duration period) {
    OcspDesk.Settings settings = OcspDesk.Settings.standard(period, ClockPolicy.BANK);
    return new OcspDesk(index, List.of(keys), settings, Clock.systemUTC());
  }

  /** One question for each certificate. */
  List<byte[]> questions(boolean withNonce) {
    try {
      DigestCalculator sha1 =
          new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
      X509CertificateHolder issuer =
          new X509CertificateHolder(pki.issuing().certificate().toByteArray());
      return serials.stream().map(it -> question(sha1, issuer, it, withNonce)).toList();
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] question(
      DigestCalculator sha1, X509CertificateHolder issuer, SerialNumber serial, boolean withNonce) {
    try {
      OCSPReqBuilder builder = new OCSPReqBuilder();
      builder.addRequest(new CertificateID(sha1, issuer, serial.value()));
      if (withNonce) {
        byte[] nonce = new byte[NONCE_OCTETS];
        pki.random().nextBytes(nonce);
        builder.setRequestExtensions(
            new Extensions(
                new Extension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                    false,
                    new DEROctetString(new DEROctetString(nonce).getEncoded()))));
      }
      return builder.build().getEncoded();
    } catch (IOException | OCSPException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing ever changes in it. */
  private final class Ledger implements StatusFeed {

    @Override
    public LedgerPoint readAll(Consumer<StatusChange> each) {
      for (int i = 0; i < serials.size(); i++) {
        CertificateStatus status =
            isRevoked(i)
                ? new CertificateStatus.Revoked(Instant.now(), RevocationReason.KEY_COMPROMISE)
                : new CertificateStatus.Good();
        each.accept(new StatusChange(CaName.ISSUING, serials.get(i), status));
      }
      return end();
    }

    @Override
    public Changes changesAfter(long position, LedgerPoint seen) {
      return new Changes(List.of(), position, true, end(), Instant.now());
    }

    private LedgerPoint end() {
      return new LedgerPoint(serials.size(), 0, ChainHash.START);
    }
  }
}
