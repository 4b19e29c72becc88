package dev.inkan.server.service;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.health.OwnCertificate;
import dev.inkan.server.installation.AuditKey;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.Signer;
import dev.inkan.server.installation.WebKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The certificates of the installation itself as a running server has them. */
public final class OwnCertificates {

  private final InkanConfig config;
  private final Der root;
  private final Supplier<List<Signer>> cas;
  private final Optional<WebKey> web;
  private final Optional<AuditKey> audit;
  private final Function<CaName, Optional<OcspResponder>> responders;

  /**
   * @param cas those that sign, the one that issues first
   * @param web empty on a server that shows none; the same for the others
   * @param responders of each CA that signs, where this server has one
   */
  public OwnCertificates(
      InkanConfig config,
      Der root,
      Supplier<List<Signer>> cas,
      Optional<WebKey> web,
      Optional<AuditKey> audit,
      Function<CaName, Optional<OcspResponder>> responders) {
    this.config = config;
    this.root = root;
    this.cas = cas;
    this.web = web;
    this.audit = audit;
    this.responders = responders;
  }

  /** All but the operators'; of every CA that signs, the one that issues first. */
  public List<OwnCertificate> list() {
    List<OwnCertificate> all = new ArrayList<>();
    all.add(OwnCertificate.root(Authorities.parse(root).getNotAfter().toInstant()));
    List<Signer> signing = cas.get();
    signing.forEach(it -> all.add(it.own(signing.get(0))));
    audit
        .map(it -> OwnCertificate.audit(it.end(), config.audit().keyFile().toString()))
        .ifPresent(all::add);
    web.map(it -> OwnCertificate.web(it.end(), config.web().tls().keyFile(), it.isOurs()))
        .ifPresent(all::add);
    for (Signer ca : signing) {
      responders
          .apply(ca.name())
          .map(it -> OwnCertificate.responder(ca.name(), it.validity().end()))
          .ifPresent(all::add);
    }
    return all;
  }
}
