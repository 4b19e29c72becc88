package dev.inkan.server.assembly;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.config.BankConfig;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.InkanConfig.BehindGateway;
import dev.inkan.server.http.web.WebApplication;
import dev.inkan.server.http.web.view.Site;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.installation.WebKey;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.service.IssueWorkers;
import dev.inkan.server.service.Latencies;
import dev.inkan.server.service.Registration;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.tls.ClientCertificateReader;
import dev.inkan.server.tls.ListenerLimits;
import dev.inkan.server.tls.WebListener;
import io.javalin.Javalin;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The web flow on its listener, with the keys and threads that issue certificates. */
public final class WebService implements AutoCloseable {

  private final InkanConfig config;
  private final Host host;
  private final Authorities authorities;
  private final Storage storage;
  private final KeyPool keys;
  private final IssueWorkers workers;
  private final Javalin listener;
  private final AtomicBoolean listening = new AtomicBoolean();

  /**
   * @param transactions tell whoever must know what they changed
   */
  WebService(
      InkanConfig config,
      Host host,
      Foundation foundation,
      Transactions<RegistrationStores> transactions,
      WebKey webKey,
      Latencies latencies) {
    this.config = config;
    this.host = host;
    this.authorities = foundation.authorities();
    this.storage = foundation.storage();
    this.keys = authorities.keyPool();
    this.workers = new IssueWorkers(latencies.issue());
    this.listener =
        application(desks(transactions, foundation.journal()))
            .on(listener(webKey), latencies.web());
  }

  private WebApplication.Desks desks(
      Transactions<RegistrationStores> transactions, FileJournal journal) {
    CertificationAuthority<RegistrationStores> authority =
        authorities.certificationAuthority(transactions, journal, keys);
    return new Registration(config, host, transactions)
        .desks(
            authority,
            authorities.policy(),
            storage.secret(),
            authorities.revocationAuthority(transactions, journal),
            workers);
  }

  private WebApplication application(WebApplication.Desks desks) {
    ClientCertificateReader certificates =
        new ClientCertificateReader(authorities.issuers(), this::find, host.clock());
    WebApplication.Manner manner =
        new WebApplication.Manner(
            config.web().publicUrl(),
            config.web().strictTransportSecurity(),
            site(config.bank()),
            authorities.policy());
    return new WebApplication(desks, certificates, manner, host.clock(), host.random());
  }

  private Optional<CertificateRecord> find(Fingerprint fingerprint) {
    return storage.transactions().inTransaction(stores -> stores.certificates().find(fingerprint));
  }

  private WebListener listener(WebKey webKey) {
    InkanConfig.Web web = config.web();
    ListenerLimits standard = ListenerLimits.standard();
    ListenerLimits limits =
        new ListenerLimits(
            standard.headerOctets(),
            standard.bodyOctets(),
            standard.idle(),
            standard.response(),
            web.maxConnections(),
            standard.threads());
    Optional<WebListener.Tls> tls =
        web.behindGateway() == BehindGateway.HTTP
            ? Optional.empty()
            : Optional.of(new WebListener.Tls(webKey.shown(), authorities.trusted()));
    return new WebListener(web.host(), web.port(), tls, web.proxies(), limits);
  }

  public static Site site(BankConfig bank) {
    BankConfig.Helpdesk helpdesk = bank.helpdesk();
    return new Site(
        bank.name(),
        bank.serviceName(),
        new Site.Helpdesk(
            helpdesk.name(), helpdesk.phone(), helpdesk.hours(), helpdesk.closedDays()));
  }

  /** Listens. */
  void start() {
    listener.start();
    listening.set(true);
  }

  /** The port it listens on. */
  int port() {
    return listener.port();
  }

  /** The key pairs made ahead. */
  KeyPool keys() {
    return keys;
  }

  /** How many certificates wait for a worker. */
  int waiting() {
    return workers.waiting();
  }

  @Override
  public void close() {
    if (listening.get()) {
      listener.stop();
    }
    workers.close();
    keys.close();
  }
}
