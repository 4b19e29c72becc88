package dev.inkan.server.operation;

import dev.inkan.core.api.Authority;
import dev.inkan.core.api.AuthorityCertificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.Crl;
import dev.inkan.core.api.CrlDifference;
import dev.inkan.core.api.IssuingAuthority;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.store.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The CA itself, its CRLs and its responder. Thread-safe. */
public final class AuthorityDesk {

  private static final int SERVERS = 100;

  private final Transactions<OperationStores> transactions;
  private final List<AuthorityCertificate> chain;
  private final Optional<CrlOffice> crls;
  private final Optional<ResponderOffice> responder;
  private final Clock clock;

  /**
   * @param chain the issuing CA's certificate first, the root's last
   * @param crls empty where this server publishes none
   * @param responder empty where this server has none
   */
  public AuthorityDesk(
      Transactions<OperationStores> transactions,
      List<AuthorityCertificate> chain,
      Optional<CrlOffice> crls,
      Optional<ResponderOffice> responder,
      Clock clock) {
    this.transactions = transactions;
    this.chain = List.copyOf(chain);
    this.crls = crls;
    this.responder = responder;
    this.clock = clock;
  }

  public Authority authority() {
    Optional<AuthorityCertificate> newest =
        valid(CertificateKind.OCSP_RESPONDER).stream().findFirst();
    return new Authority(
        chain.get(chain.size() - 1),
        chain.get(0),
        issuers(),
        newest,
        newest.map(AuthorityDesk::halfLife),
        valid(CertificateKind.TLS_SERVER));
  }

  private List<IssuingAuthority> issuers() {
    return transactions.inTransaction(
        stores -> IssuingAuthorities.told(stores.issuingCas(), clock.instant()));
  }

  // As the responder's watch has it.
  private static Instant halfLife(AuthorityCertificate certificate) {
    Duration life = Duration.between(certificate.notBefore(), certificate.notAfter());
    return certificate.notBefore().plus(life.dividedBy(2));
  }

  /** The newest first. */
  private List<AuthorityCertificate> valid(CertificateKind kind) {
    CertificateSearch search = CertificateSearch.of(kind, CertificateState.VALID);
    return transactions
        .inTransaction(
            stores ->
                stores
                    .certificateRegister()
                    .list(search, Paging.first(SERVERS), clock.instant())
                    .items())
        .stream()
        .map(
            it ->
                new AuthorityCertificate(
                    it.subscriber(),
                    it.serialNumber(),
                    it.fingerprint().orElse(""),
                    it.notBefore(),
                    it.notAfter()))
        .toList();
  }

  /** Renews the responder's certificate before its time. */
  public Outcome<Authority> renewResponder(Caller caller) {
    if (responder.isEmpty()) {
      return Outcome.refused(
          Refusal.of(ProblemType.NOT_SERVED_HERE, "this server has no OCSP responder"));
    }
    responder.get().renew(caller.actor());
    return Outcome.done(authority());
  }

  public Outcome<Page<Crl>> crls() {
    return withCrls(office -> page(office.published()));
  }

  /** Publishes a CRL now. */
  public Outcome<Page<Crl>> publish(Caller caller) {
    return withCrls(office -> page(office.publish(caller.actor())));
  }

  public Outcome<CrlDifference> difference() {
    return withCrls(CrlOffice::difference)
        .then(
            it ->
                Outcome.found(
                    it,
                    () ->
                        Refusal.of(
                            ProblemType.NOT_FOUND,
                            "no CRL is published yet",
                            "inkan-admin crl publish")));
  }

  private <T> Outcome<T> withCrls(Function<CrlOffice, T> work) {
    return crls.<Outcome<T>>map(office -> Outcome.done(work.apply(office)))
        .orElseGet(
            () ->
                Outcome.refused(
                    Refusal.of(ProblemType.NOT_SERVED_HERE, "this server publishes no CRLs")));
  }

  private static Page<Crl> page(List<Crl> published) {
    return new Page<>(published, Optional.empty());
  }
}
