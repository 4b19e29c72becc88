package dev.inkan.server;

import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.Crl;
import dev.inkan.core.api.CrlDifference;
import dev.inkan.core.api.CrlEntry;
import dev.inkan.core.api.CrlKind;
import dev.inkan.core.api.Page;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.operation.CertificateSearch;
import dev.inkan.server.operation.CrlOffice;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.operation.Paging;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.status.CrlPublisher;
import dev.inkan.server.status.PublishedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.security.cert.CRLException;
import java.security.cert.CRLReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The CRLs in the folder from which this server publishes, and what the ledger says to them. */
final class PublishedCrls implements CrlOffice {

  private static final String NUMBER = "2.5.29.20";
  private static final int OCTET_STRING_HEADER = 2;

  private final CrlFolder folder;
  private final CrlPublisher publisher;
  private final URI base;
  private final Transactions<OperationStores> transactions;
  private final Clock clock;

  /**
   * @param base of the addresses under which gateways fetch
   */
  PublishedCrls(
      CrlFolder folder,
      CrlPublisher publisher,
      URI base,
      Transactions<OperationStores> transactions,
      Clock clock) {
    this.folder = folder;
    this.publisher = publisher;
    this.base = base;
    this.transactions = transactions;
    this.clock = clock;
  }

  private enum Place {
    FULL(CrlKind.FULL, "/crl/" + Authorities.ISSUING_NAME + ".crl"),
    DELTA(CrlKind.DELTA, "/crl/" + Authorities.ISSUING_NAME + "-delta.crl"),
    ROOT(CrlKind.ROOT, "/crl/root.crl");

    private final CrlKind kind;
    private final String path;

    Place(CrlKind kind, String path) {
      this.kind = kind;
      this.path = path;
    }
  }

  @Override
  public List<Crl> published() {
    List<Crl> found = new ArrayList<>();
    for (Place place : Place.values()) {
      folder.find(place.path).ifPresent(file -> found.add(describe(place, octets(file))));
    }
    return found;
  }

  private Crl describe(Place place, byte[] octets) {
    X509CRL crl = parse(octets);
    return new Crl(
        place.kind,
        crl.getIssuerX500Principal().getName(),
        numberOf(crl),
        crl.getThisUpdate().toInstant(),
        crl.getNextUpdate().toInstant(),
        entries(crl).size(),
        octets.length,
        base + place.path);
  }

  @Override
  public List<Crl> publish(Actor by) {
    Optional<CrlNumber> number = publisher.publishNow();
    Boolean unused =
        transactions.inTransaction(
            stores -> {
              stores
                  .audit()
                  .append(
                      new AuditEvent(
                          clock.instant(),
                          by,
                          AuditAction.CRL_PUBLISHED,
                          Optional.empty(),
                          Optional.empty(),
                          number.map(it -> "number " + it).orElse("by another server")));
              return true;
            });
    return published();
  }

  @Override
  public Optional<CrlDifference> difference() {
    return folder.find(Place.FULL.path).map(file -> difference(parse(octets(file))));
  }

  private CrlDifference difference(X509CRL crl) {
    Map<BigInteger, X509CRLEntry> listed = new HashMap<>();
    entries(crl).forEach(entry -> listed.put(entry.getSerialNumber(), entry));
    List<CrlEntry> missing = new ArrayList<>();
    Set<BigInteger> known = new HashSet<>();
    Instant signed = crl.getThisUpdate().toInstant();
    for (Certificate certificate : revoked()) {
      BigInteger serial = SerialNumber.parse(certificate.serialNumber()).value();
      known.add(serial);
      // What had ended may be left out.
      if (!listed.containsKey(serial) && certificate.notAfter().isAfter(signed)) {
        missing.add(missing(certificate));
      }
    }
    List<CrlEntry> surplus =
        listed.values().stream()
            .filter(entry -> !known.contains(entry.getSerialNumber()))
            .map(PublishedCrls::surplus)
            .toList();
    return new CrlDifference(numberOf(crl), missing, surplus);
  }

  private List<Certificate> revoked() {
    List<Certificate> all = new ArrayList<>();
    for (CertificateState state :
        List.of(CertificateState.REVOKED, CertificateState.HELD, CertificateState.ABANDONED)) {
      Paging paging = Paging.first(Paging.MAXIMUM);
      Optional<String> next;
      do {
        Page<Certificate> page = page(state, paging);
        page.items().stream().filter(PublishedCrls::isBelowTheIssuingCa).forEach(all::add);
        next = page.next();
        paging = new Paging(Paging.MAXIMUM, next);
      } while (next.isPresent());
    }
    return all;
  }

  private Page<Certificate> page(CertificateState state, Paging paging) {
    return transactions.inTransaction(
        stores ->
            stores
                .certificateRegister()
                .list(CertificateSearch.in(state), paging, clock.instant()));
  }

  private static boolean isBelowTheIssuingCa(Certificate certificate) {
    return certificate.kind() != CertificateKind.ROOT
        && certificate.kind() != CertificateKind.ISSUING_CA;
  }

  private static CrlEntry missing(Certificate certificate) {
    return new CrlEntry(
        certificate.serialNumber(),
        certificate.revocation().map(it -> it.at()).orElse(certificate.issuedAt()),
        certificate.revocation().map(it -> it.reason()),
        certificate.revocation().flatMap(it -> it.invalidityDate()));
  }

  private static CrlEntry surplus(X509CRLEntry entry) {
    Optional<RevocationReason> reason =
        Optional.ofNullable(entry.getRevocationReason())
            .filter(it -> it != CRLReason.UNUSED)
            .map(it -> RevocationReason.valueOf(it.name()));
    Date at = entry.getRevocationDate();
    return new CrlEntry(
        new SerialNumber(entry.getSerialNumber()).toString(),
        at.toInstant(),
        reason,
        Optional.empty());
  }

  private static Set<? extends X509CRLEntry> entries(X509CRL crl) {
    Set<? extends X509CRLEntry> entries = crl.getRevokedCertificates();
    return entries == null ? Set.of() : entries;
  }

  // An OCTET STRING around an INTEGER, each with a header of two octets.
  private static String numberOf(X509CRL crl) {
    byte[] value = crl.getExtensionValue(NUMBER);
    if (value == null) {
      return "";
    }
    int from = 2 * OCTET_STRING_HEADER;
    return new BigInteger(value, from, value.length - from).toString();
  }

  private static byte[] octets(PublishedFile file) {
    try {
      return file.content() instanceof PublishedFile.Content.File onDisk
          ? Files.readAllBytes(onDisk.file())
          : ((PublishedFile.Content.Octets) file.content()).octets();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static X509CRL parse(byte[] octets) {
    try {
      return (X509CRL)
          CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(octets));
    } catch (CertificateException | CRLException e) {
      throw new IllegalStateException("a CRL that was published can be read", e);
    }
  }
}
