package dev.inkan.server.tls;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A ledger in memory. */
final class FakeLedger implements CertificateLookup {

  private final Map<Fingerprint, CertificateRecord> entries = new ConcurrentHashMap<>();
  final AtomicInteger asked = new AtomicInteger();

  @Override
  public Optional<CertificateRecord> find(Fingerprint fingerprint) {
    asked.incrementAndGet();
    return Optional.ofNullable(entries.get(fingerprint));
  }

  CertificateRecord issue(X509Certificate certificate) {
    return issue(certificate, CertificateKind.SUBSCRIBER);
  }

  CertificateRecord issue(X509Certificate certificate, CertificateKind kind) {
    CertificateRecord entry = prepared(certificate, kind).issued();
    put(certificate, entry);
    return entry;
  }

  void put(X509Certificate certificate, CertificateRecord entry) {
    entries.put(Fingerprint.of(der(certificate)), entry);
  }

  CertificateRecord revoke(X509Certificate certificate, RevocationReason reason) {
    CertificateRecord entry = issue(certificate);
    var revoked =
        new CertificateRecord(
            entry.serialNumber(),
            entry.kind(),
            entry.issuer(),
            entry.subscriber(),
            entry.validity(),
            entry.state(),
            entry.preparedAt(),
            entry.preparedBy(),
            Optional.of(new CertificateStatus.Revoked(TlsTestPki.now(), reason)));
    put(certificate, revoked);
    return revoked;
  }

  static CertificateRecord prepared(X509Certificate certificate, CertificateKind kind) {
    return CertificateRecord.prepared(
        new SerialNumber(certificate.getSerialNumber()),
        kind,
        CaName.ISSUING,
        new SubscriberId("subscriber-1"),
        new Validity(certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()),
        TlsTestPki.now(),
        new NodeName("node-1"));
  }

  static Der der(X509Certificate certificate) {
    try {
      return Der.copyOf(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
