package dev.inkan.server.assembly;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.authority.SigningCa;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.Role;
import dev.inkan.server.config.Roles;
import dev.inkan.server.health.Part;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.Crls;
import dev.inkan.server.mail.PromptMail;
import dev.inkan.server.operation.ResponderOffice;
import dev.inkan.server.service.Figures;
import dev.inkan.server.service.Latencies;
import dev.inkan.server.service.PublishedCrls;
import dev.inkan.server.service.StatusFront;
import dev.inkan.server.service.StatusService;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.status.CrlPublisher;
import dev.inkan.server.status.LedgerHistory;
import dev.inkan.server.status.StatusFollower;
import dev.inkan.server.status.StatusIndex;
import dev.inkan.server.store.JdbiLedgerWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a server that has the issuing CAs' keys tells of status: CRLs, signed by those with the role
 * {@code jobs} and taken from them by the others; OCSP answers, by those with the role {@code
 * status}.
 */
final class StatusSide {

  private final InkanConfig config;
  private final Host host;
  private final Roles roles;
  private final Foundation foundation;
  private final Crls crls;
  private final CrlFolder published;
  private final CrlPublisher publisher;
  private final Optional<StatusService> service;

  /**
   * Signs, publishes and listens as far as the roles have it.
   *
   * @param opened closes all of it
   */
  StatusSide(
      InkanConfig config,
      Host host,
      ClockPolicy clocks,
      Foundation foundation,
      Opened opened,
      Latencies latencies) {
    this.config = config;
    this.host = host;
    this.roles = config.roles();
    this.foundation = foundation;
    Authorities authorities = foundation.authorities();
    this.crls =
        new Crls(config, host, foundation.storage(), foundation.journal(), authorities.providers());
    this.published = crls.folder(authorities);
    LedgerHistory history = new LedgerHistory();
    this.publisher = opened.add(crls.publisher(authorities.signing(), published, history, clocks));
    if (roles.has(Role.JOBS)) {
      publisher.start();
    } else if (roles.hasAny(Role.STATUS, Role.ADMIN)) {
      publisher.follow();
    }
    this.service =
        roles.has(Role.STATUS)
            ? Optional.of(service(clocks, history, opened, latencies))
            : Optional.empty();
    if (service.isEmpty()) {
      watchLedger(clocks, history, opened);
    }
  }

  /**
   * Early, so that gateways wait for nothing else, and are answered until everything else ended.
   */
  private StatusService service(
      ClockPolicy clocks, LedgerHistory history, Opened opened, Latencies latencies) {
    StatusService status =
        opened.add(
            new StatusService(
                config,
                host,
                clocks,
                foundation.authorities(),
                foundation.storage(),
                List.of(published),
                new StatusFront.Told(history, latencies.ocsp())));
    status.start();
    return status;
  }

  /** No CRL may be signed or published from a ledger that was replaced under a running server. */
  private void watchLedger(ClockPolicy clocks, LedgerHistory history, Opened opened) {
    StatusFollower follower =
        opened.add(
            new StatusFollower(
                new JdbiLedgerWatch(foundation.storage().reading()),
                new StatusIndex(),
                history,
                host.clock(),
                clocks));
    follower.start();
  }

  /** To be told of every change that a transaction of this server committed. */
  void changed(Set<SerialNumber> serialNumbers) {
    service.ifPresent(it -> it.changed(serialNumbers));
  }

  /** The CRLs for operators. */
  PublishedCrls crlOffice(PromptMail transactions) {
    Authorities authorities = foundation.authorities();
    return new PublishedCrls(
        authorities.signing().stream().map(SigningCa::name).toList(),
        published,
        publisher,
        crls.comparison(published),
        PublishedCrls.Names.of(config.status().baseUrl(), authorities),
        transactions,
        host.clock());
  }

  /** The responder for operators, where there is one. */
  Optional<ResponderOffice> responderOffice() {
    return service.map(it -> it::renewResponder);
  }

  /** The responder of the CA of this name, where there is one. */
  Optional<OcspResponder> responder(CaName ca) {
    return service.flatMap(it -> it.responder(ca));
  }

  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    service.ifPresent(
        it ->
            parts.add(
                Parts.status(foundation.authorities()::signers, it::answer, it::responder, host)));
    if (isPublishing()) {
      parts.add(Parts.crl(this::cas, () -> published, host.clock()));
    }
    return parts;
  }

  void figures(Figures figures) {
    service.ifPresent(it -> figures.status(it::asOf));
    service.ifPresent(it -> figures.replication(Optional::empty)); // no standby's
    if (isPublishing()) {
      cas().forEach(ca -> figures.crl(ca, () -> published));
    }
  }

  private boolean isPublishing() {
    return roles.hasAny(Role.STATUS, Role.JOBS);
  }

  /** Those whose CRLs gateways need. */
  private List<CaName> cas() {
    List<CaName> cas = new ArrayList<>();
    foundation.authorities().signing().forEach(it -> cas.add(it.name()));
    cas.add(CaName.ROOT);
    return cas;
  }

  OptionalInt port() {
    return service.map(it -> OptionalInt.of(it.port())).orElseGet(OptionalInt::empty);
  }
}
