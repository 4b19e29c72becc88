package dev.inkan.server;

import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.health.OwnCertificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The certificates of the installation itself as a running server has them. */
final class OwnCertificates {

  private final InkanConfig config;
  private final List<X509Certificate> chain;
  private final WebKey web;
  private final AuditKey audit;
  private final Supplier<Optional<OcspResponder>> responder;

  /**
   * @param chain the issuing CA's certificate first, the root's last
   */
  OwnCertificates(
      InkanConfig config,
      List<X509Certificate> chain,
      WebKey web,
      AuditKey audit,
      Supplier<Optional<OcspResponder>> responder) {
    this.config = config;
    this.chain = List.copyOf(chain);
    this.web = web;
    this.audit = audit;
    this.responder = responder;
  }

  /** All but the operators'. */
  List<OwnCertificate> list() {
    List<OwnCertificate> all = new ArrayList<>();
    all.add(OwnCertificate.root(chain.get(chain.size() - 1).getNotAfter().toInstant()));
    all.add(OwnCertificate.issuing(chain.get(0).getNotAfter().toInstant()));
    all.add(OwnCertificate.audit(audit.end(), config.audit().keyFile().toString()));
    all.add(OwnCertificate.web(web.end(), config.web().tls().keyFile(), web.isOurs()));
    responder.get().map(it -> OwnCertificate.responder(it.validity().end())).ifPresent(all::add);
    return all;
  }
}
