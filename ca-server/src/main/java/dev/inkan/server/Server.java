package dev.inkan.server;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.CheckpointSigner;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.store.Transactions;
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
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.status.CrlPublisher;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.store.JdbiMailQueue;
import dev.inkan.server.store.LedgerReconciliation;
import dev.inkan.server.tls.ClientCertificateReader;
import dev.inkan.server.tls.ListenerLimits;
import dev.inkan.server.tls.ServerKey;
import dev.inkan.server.tls.WebListener;
import io.javalin.Javalin;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: everything opened in order, and closed in the reverse order. */
final class Server implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int ISSUE_WORKERS = 2;
  private static final int ISSUE_QUEUE = 200;

  private final InkanConfig config;
  private final Host host;
  private final ClockPolicy clocks;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final AtomicReference<Optional<AdminService>> adminService =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<StatusService>> statusService =
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
    Authorities authorities = Authorities.open(config, host, clocks);
    Storage storage = open(Storage.open(config, host.clock(), host.random()));
    FileJournal journal =
        open(FileJournal.open(config.journal().file(), host.node(), authorities.issuer()));
    journal.repair().ifPresent(LOG::warn);
    reconcile(storage, journal);
    open(ServerLife.begin(storage.transactions(), host));
    releaseMails(storage);
    Crls crls = new Crls(config, host, storage, journal, authorities.providers());
    CrlFolder published = crls.folder(authorities.issuing().chain());
    CrlPublisher publisher = open(crls.publisher(authorities.issuing(), published, clocks));
    publisher.start();
    CheckpointSigner auditKey = new AuditKey(config, host, authorities).open(storage);
    Timetable timetable = open(timetable(storage, auditKey));
    StatusService status = status(authorities, storage, published);
    PromptMail all = new PromptMail(storage.operation(status::changed), timetable::wakeMail);
    Transactions<RegistrationStores> transactions = all.registration();
    KeyPool keys = open(authorities.keyPool());
    CertificationAuthority<RegistrationStores> authority =
        authorities.certificationAuthority(transactions, journal, keys);
    ExecutorService workers = issueWorkers();
    WebApplication.Desks desks =
        new Registration(config, host, transactions)
            .desks(
                authority,
                authorities.policy(),
                storage.secret(),
                authorities.revocationAuthority(transactions, journal),
                workers);
    Javalin web = web(authorities, storage, desks);
    timetable.start();
    // What the last life left waiting need not wait for the timetable.
    timetable.wakeMail();
    web.start();
    open(web::stop);
    AdminDesks.Offices offices =
        new AdminDesks.Offices(
            Optional.of(
                new PublishedCrls(
                    published, publisher, config.status().baseUrl(), all, host.clock())),
            Optional.of(status::renewResponder),
            Optional.of(new StoredAuditArchive(storage.database(), auditKey, host.clock())));
    admin(new AdminDesks(config, host, all, authorities, journal), offices, authorities.chain());
  }

  private void admin(AdminDesks desks, AdminDesks.Offices offices, List<X509Certificate> chain) {
    AdminService service = open(AdminService.start(config, host, desks, offices, chain));
    adminService.set(Optional.of(service));
  }

  /** The port that operators reach, once started. */
  int adminPort() {
    return requireNonNull(adminService.get()).orElseThrow().port();
  }

  /**
   * Early, so that gateways wait for nothing else, and are answered until everything else ended.
   */
  private StatusService status(Authorities authorities, Storage storage, CrlFolder published) {
    StatusService status =
        open(new StatusService(config, host, clocks, authorities, storage, List.of(published)));
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

  /** After the journal was opened, which shows that no other server of this name runs. */
  private void releaseMails(Storage storage) {
    int released = new JdbiMailQueue(storage.database()).release(host.node());
    if (released > 0) {
      LOG.warn("{} mails were being handed over at the last stop: they are sent again", released);
    }
  }

  private Timetable timetable(Storage storage, CheckpointSigner auditKey) {
    Jobs jobs = new Jobs(config, host, storage);
    List<Job> others = new ArrayList<>(jobs.others());
    others.add(jobs.checkpoint(auditKey));
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

  private ExecutorService issueWorkers() {
    ExecutorService workers =
        new ThreadPoolExecutor(
            ISSUE_WORKERS,
            ISSUE_WORKERS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(ISSUE_QUEUE),
            task -> new Thread(task, "issue"));
    open(
        () -> {
          workers.shutdown();
          if (!workers.awaitTermination(30, TimeUnit.SECONDS)) {
            LOG.warn("an issue did not end in time; the next start will close it");
          }
        });
    return workers;
  }

  private Javalin web(Authorities authorities, Storage storage, WebApplication.Desks desks) {
    List<X509Certificate> chain = authorities.chain();
    ClientCertificateReader certificates =
        new ClientCertificateReader(
            List.of(chain.get(0)), fingerprint -> find(storage, fingerprint), host.clock());
    WebApplication.Manner manner =
        new WebApplication.Manner(
            config.web().publicUrl(),
            config.web().strictTransportSecurity(),
            site(config.bank()),
            authorities.policy());
    return new WebApplication(desks, certificates, manner, host.clock(), host.random())
        .on(listener(chain));
  }

  private static Optional<CertificateRecord> find(Storage storage, Fingerprint fingerprint) {
    return storage.transactions().inTransaction(stores -> stores.certificates().find(fingerprint));
  }

  private WebListener listener(List<X509Certificate> chain) {
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
        web.behindGateway() == BehindGateway.HTTP ? Optional.empty() : Optional.of(tls(chain));
    return new WebListener(web.host(), web.port(), tls, web.proxies(), limits);
  }

  private WebListener.Tls tls(List<X509Certificate> chain) {
    InkanConfig.Tls files = config.web().tls();
    try (Passphrase passphrase = files.passphraseFile().passphrase()) {
      return new WebListener.Tls(ServerKey.load(files.keyFile(), passphrase), chain);
    }
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
