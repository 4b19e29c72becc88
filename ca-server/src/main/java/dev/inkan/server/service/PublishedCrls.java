package dev.inkan.server.service;

import dev.inkan.core.api.Crl;
import dev.inkan.core.api.CrlDifference;
import dev.inkan.core.api.CrlEntry;
import dev.inkan.core.api.CrlKind;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.crl.CrlSummary;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.operation.CrlOffice;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.status.CrlComparison;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.status.CrlPublisher;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The CRLs in the folder from which this server publishes, and what the ledger says to them. */
public final class PublishedCrls implements CrlOffice {

  private final List<CaName> cas;
  private final CrlFolder folder;
  private final CrlPublisher publisher;
  private final CrlComparison comparison;
  private final Names names;
  private final Transactions<OperationStores> transactions;
  private final Clock clock;

  /**
   * @param cas the issuing CAs, the one that issues first
   * @param comparison of the CRLs in {@code folder} with the ledger
   */
  public PublishedCrls(
      List<CaName> cas,
      CrlFolder folder,
      CrlPublisher publisher,
      CrlComparison comparison,
      Names names,
      Transactions<OperationStores> transactions,
      Clock clock) {
    this.cas = List.copyOf(cas);
    this.folder = folder;
    this.publisher = publisher;
    this.comparison = comparison;
    this.names = names;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * What CRLs are told under.
   *
   * @param base of the addresses under which gateways fetch
   * @param subjects the CAs' distinguished names
   */
  public record Names(URI base, Map<CaName, String> subjects) {

    public Names {
      subjects = Map.copyOf(subjects);
    }

    /** Those of the CAs that sign, and of the root. */
    public static Names of(URI base, Authorities authorities) {
      Map<CaName, String> subjects = new HashMap<>();
      authorities.signing().forEach(it -> subjects.put(it.name(), subject(it.certificate())));
      subjects.put(CaName.ROOT, subject(authorities.root()));
      return new Names(base, subjects);
    }

    private static String subject(Der certificate) {
      return Authorities.parse(certificate).getSubjectX500Principal().getName();
    }

    String of(CaName ca) {
      return subjects.getOrDefault(ca, ca.value());
    }
  }

  private record Place(CaName ca, CrlKind kind, String path) {

    static Place full(CaName ca) {
      return new Place(
          ca, ca.equals(CaName.ROOT) ? CrlKind.ROOT : CrlKind.FULL, "/crl/" + ca + ".crl");
    }

    static Place delta(CaName ca) {
      return new Place(ca, CrlKind.DELTA, "/crl/" + ca + "-delta.crl");
    }
  }

  @Override
  public List<Crl> published() {
    List<Crl> found = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    cas.forEach(ca -> places.addAll(List.of(Place.full(ca), Place.delta(ca))));
    places.add(Place.full(CaName.ROOT));
    for (Place place : places) {
      folder.describe(place.path).ifPresent(crl -> found.add(told(place, crl)));
    }
    return found;
  }

  private Crl told(Place place, CrlFolder.PublishedCrl crl) {
    CrlSummary summary = crl.summary();
    return new Crl(
        place.kind,
        names.of(place.ca),
        summary.number().toString(),
        summary.thisUpdate(),
        summary.nextUpdate(),
        summary.entries(),
        crl.octets(),
        names.base() + place.path);
  }

  @Override
  public List<Crl> publish(Actor by) {
    String numbers =
        publisher.publishNow().values().stream()
            .map(CrlNumber::toString)
            .collect(Collectors.joining(", "));
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
                          numbers.isEmpty() ? "by another server" : "number " + numbers));
              return true;
            });
    return published();
  }

  /**
   * Of each issuing CA's; the number is that of the CA that issues, or of the next that has one.
   */
  @Override
  public Optional<CrlDifference> difference() {
    List<CrlComparison.Difference> all =
        cas.stream().flatMap(ca -> comparison.of(ca).stream()).toList();
    return all.stream()
        .findFirst()
        .map(
            first ->
                new CrlDifference(
                    first.number().toString(),
                    all.stream().flatMap(it -> lines(it.missing()).stream()).toList(),
                    all.stream().flatMap(it -> lines(it.surplus()).stream()).toList()));
  }

  private static List<CrlEntry> lines(List<dev.inkan.core.crl.CrlEntry> entries) {
    return entries.stream().map(PublishedCrls::line).toList();
  }

  private static CrlEntry line(dev.inkan.core.crl.CrlEntry entry) {
    return new CrlEntry(
        entry.serialNumber().toString(),
        entry.revocationDate(),
        Optional.of(entry.reason()).filter(it -> it != RevocationReason.UNSPECIFIED),
        entry.invalidityDate());
  }
}
