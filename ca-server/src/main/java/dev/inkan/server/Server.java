package dev.inkan.server;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.CheckpointSigner;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.authority.SigningCa;
import dev.inkan.server.config.BankConfig;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.InkanConfig.BehindGateway;
import dev.inkan.server.http.web.WebApplication;
import dev.inkan.server.http.web.view.Site;
import dev.inkan.server.job.Job;
import dev.inkan.server.job.Timetable;
import dev.inkan.server.mail.PromptMail;
import dev.inkan.server.mail.SmtpSettings;
import dev.inkan.server.mail.SmtpSubmission;
import dev.inkan.server.metrics.EventCounts;
import dev.inkan.server.metrics.Metrics;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.status.CrlPublisher;
import dev.inkan.server.status.LedgerHistory;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.store.LedgerReconciliation;
import dev.inkan.server.tls.ClientCertificateReader;
import dev.inkan.server.tls.ListenerLimits;
import dev.inkan.server.tls.WebListener;
import io.javalin.Javalin;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: everything opened in order, and closed in the reverse order. */
final class Server implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final InkanConfig config;
  private final Host host;
  private final ClockPolicy clocks;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Metrics metrics = open(new Metrics());
  private final Latencies latencies = new Latencies(metrics);
  private final AtomicReference<Optional<AdminService>> adminService =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<StatusService>> statusService =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<ManagementService>> managementService =
      new AtomicReference<>(Optional.empty());

  private Server(InkanConfig config, Host host, ClockPolicy clocks) {
    this.config = config;
    this.host = host;
    this.clocks = clocks;
  }

  /** Starts everything; what was opened is closed again if anything fails. */
  static Server start(InkanConfig config, Host host) {
    return start(config, host, ClockPolicy.BANK);
  }

  /** As {@link #start(InkanConfig, Host)}, with a clock that may be off the database's. */
  static Server start(InkanConfig config, Host host, ClockPolicy clocks) {
    Server server = new Server(config, host, clocks);
    try {
      server.start();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void start() {
    Storage storage =
        open(Storage.open(config, host.clock(), host.random())).auditing(new EventCounts(metrics));
    IssuingCas cas = new IssuingCas(config, host, clocks, storage);
    FileJournal journal = open(cas.journal());
    Authorities authorities = cas.open(journal);
    journal.repair().ifPresent(LOG::warn);
    reconcile(storage, journal);
    open(ServerLife.begin(storage.transactions(), host));
    LeftUnderWay.release(storage, host.node());
    Crls crls = new Crls(config, host, storage, journal, authorities.providers());
    CrlFolder published = crls.folder(authorities);
    LedgerHistory history = new LedgerHistory();
    CrlPublisher publisher =
        open(crls.publisher(authorities.signing(), published, history, clocks));
    publisher.start();
    StatusService status = status(authorities, storage, history, published);
    ClockGuard clock = new ClockGuard(storage.transactions(), host.clock(), clocks);
    clock.fault().ifPresent(LOG::error);
    AuditKey audit = new AuditKey(config, host, authorities, clock);
    CheckpointSigner auditKey = audit.open(storage);
    WebKey webKey = WebKey.open(config, host, clock, authorities, storage.transactions());
    Timetable timetable = open(timetable(storage, auditKey, clock));
    PromptMail all = new PromptMail(storage.operation(status::changed), timetable::wakeMail);
    Transactions<RegistrationStores> transactions = all.registration();
    KeyPool keys = open(authorities.keyPool());
    CertificationAuthority<RegistrationStores> authority =
        authorities.certificationAuthority(transactions, journal, keys);
    IssueWorkers workers = open(new IssueWorkers(latencies.issue()));
    WebApplication.Desks desks =
        new Registration(config, host, transactions)
            .desks(
                authority,
                authorities.policy(),
                storage.secret(),
                authorities.revocationAuthority(transactions, journal),
                workers);
    Javalin web = web(authorities, storage, desks, webKey);
    timetable.start();
    // What the last life left waiting need not wait for the timetable.
    timetable.wakeMail();
    web.start();
    open(web::stop);
    AdminDesks.Offices offices =
        new AdminDesks.Offices(
            Optional.of(
                new PublishedCrls(
                    authorities.signing().stream().map(SigningCa::name).toList(),
                    published,
                    publisher,
                    crls.comparison(published),
                    PublishedCrls.Names.of(config.status().baseUrl(), authorities),
                    all,
                    host.clock())),
            Optional.of(status::renewResponder),
            Optional.of(new StoredAuditArchive(storage.database(), auditKey, host.clock(), clock)));
    AdminDesks staff = new AdminDesks(config, host, all, authorities, journal);
    adminService.set(
        Optional.of(
            open(
                AdminService.start(
                    config,
                    host,
                    staff,
                    offices,
                    webKey.shown(),
                    authorities.issuers(),
                    latencies.admin()))));
    metrics.gauge("inkan.issue.waiting", "Certificates that wait for a worker", workers::waiting);
    OwnCertificates own =
        new OwnCertificates(config, authorities.chain(), webKey, audit, status::responder);
    // Last: what it tells of is there.
    management(
        clock,
        new ManagementService.Watched(
            authorities, storage, journal, published, status, keys, webKey, own));
    authorities.tellProviders();
  }

  private void management(ClockGuard clock, ManagementService.Watched watched) {
    ManagementService service = open(new ManagementService(config, host, clock, metrics, watched));
    service.start();
    managementService.set(Optional.of(service));
  }

  /** The port of the management listener. */
  int managementPort() {
    return requireNonNull(managementService.get()).orElseThrow().port();
  }

  /** The port that operators reach, once started. */
  int adminPort() {
    return requireNonNull(adminService.get()).orElseThrow().port();
  }

  /**
   * Early, so that gateways wait for nothing else, and are answered until everything else ended.
   */
  private StatusService status(
      Authorities authorities, Storage storage, LedgerHistory history, CrlFolder published) {
    StatusService status =
        open(
            new StatusService(
                config,
                host,
                clocks,
                authorities,
                storage,
                List.of(published),
                new StatusService.Told(history, latencies.ocsp())));
    status.start();
    statusService.set(Optional.of(status));
    return status;
  }

  /** The port of the status listener. */
  int statusPort() {
    return requireNonNull(statusService.get()).orElseThrow().port();
  }

  private void reconcile(Storage storage, FileJournal journal) {
    LedgerReconciliation.Report report =
        new LedgerReconciliation(
                storage.database(), storage.transactions(), journal, host.node(), host.clock())
            .reconcile();
    report.lines().forEach(LOG::warn);
  }

  private Timetable timetable(Storage storage, CheckpointSigner auditKey, ClockGuard clock) {
    Jobs jobs = new Jobs(config, host, storage);
    List<Job> others = new ArrayList<>(jobs.others());
    others.add(jobs.checkpoint(auditKey, clock));
    return new Timetable(
        storage.database().dataSource(), host.node(), jobs.mail(submission()), others);
  }

  private SmtpSubmission submission() {
    return new SmtpSubmission(
        SmtpSettings.of(config.mail()),
        config.mail().from(),
        config.mail().fromName().orElse(config.bank().name()),
        host.clock());
  }

  private Javalin web(
      Authorities authorities, Storage storage, WebApplication.Desks desks, WebKey webKey) {
    ClientCertificateReader certificates =
        new ClientCertificateReader(
            authorities.issuers(), fingerprint -> find(storage, fingerprint), host.clock());
    WebApplication.Manner manner =
        new WebApplication.Manner(
            config.web().publicUrl(),
            config.web().strictTransportSecurity(),
            site(config.bank()),
            authorities.policy());
    return new WebApplication(desks, certificates, manner, host.clock(), host.random())
        .on(listener(authorities.trusted(), webKey), latencies.web());
  }

  private static Optional<CertificateRecord> find(Storage storage, Fingerprint fingerprint) {
    return storage.transactions().inTransaction(stores -> stores.certificates().find(fingerprint));
  }

  private WebListener listener(List<X509Certificate> issuers, WebKey webKey) {
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
            : Optional.of(new WebListener.Tls(webKey.shown(), issuers));
    return new WebListener(web.host(), web.port(), tls, web.proxies(), limits);
  }

  static Site site(BankConfig bank) {
    BankConfig.Helpdesk helpdesk = bank.helpdesk();
    return new Site(
        bank.name(),
        bank.serviceName(),
        new Site.Helpdesk(
            helpdesk.name(), helpdesk.phone(), helpdesk.hours(), helpdesk.closedDays()));
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable resource = opened.pop();
      try {
        resource.close();
      } catch (Exception e) {
        LOG.error("{} did not close: {}", resource.getClass().getSimpleName(), e.getMessage());
      }
    }
  }
}
