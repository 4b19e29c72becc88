package dev.inkan.server.assembly;

import dev.inkan.core.authority.CheckpointSigner;
import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.authority.StatusNodes;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.Role;
import dev.inkan.server.config.Roles;
import dev.inkan.server.health.OperatorCredentials;
import dev.inkan.server.health.Part;
import dev.inkan.server.installation.AuditKey;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.ClockGuard;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.installation.WebKey;
import dev.inkan.server.job.Job;
import dev.inkan.server.job.Timetable;
import dev.inkan.server.mail.PromptMail;
import dev.inkan.server.mail.SmtpSettings;
import dev.inkan.server.mail.SmtpSubmission;
import dev.inkan.server.metrics.Metrics;
import dev.inkan.server.service.AdminDesks;
import dev.inkan.server.service.AdminService;
import dev.inkan.server.service.Backups;
import dev.inkan.server.service.Figures;
import dev.inkan.server.service.Jobs;
import dev.inkan.server.service.Latencies;
import dev.inkan.server.service.ManagementService;
import dev.inkan.server.service.OwnCertificates;
import dev.inkan.server.service.StoredAuditArchive;
import dev.inkan.server.store.CommitsWaiting;
import dev.inkan.server.store.JdbiMailQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that has the issuing CAs' keys: whatever it does of web, status, admin and jobs. */
final class AuthorityServer {

  private static final Logger LOG = LoggerFactory.getLogger(AuthorityServer.class);

  private final InkanConfig config;
  private final Optional<Path> file;
  private final Host host;
  private final Opened opened;
  private final Roles roles;
  private final Metrics metrics;
  private final Latencies latencies;
  private final Foundation foundation;
  private final StatusSide status;
  private final ClockGuard clock;

  /** Opens what every role needs, and tells status. */
  AuthorityServer(
      InkanConfig config, Optional<Path> file, Host host, ClockPolicy clocks, Opened opened) {
    this.config = config;
    this.file = file;
    this.host = host;
    this.opened = opened;
    this.roles = config.roles();
    this.metrics = opened.add(new Metrics());
    this.latencies = new Latencies(metrics);
    this.foundation = Foundation.open(config, host, clocks, opened, metrics);
    this.status = new StatusSide(config, host, clocks, foundation, opened, latencies);
    this.clock = new ClockGuard(foundation.storage().transactions(), host.clock(), clocks);
  }

  /** The audit key, and who signs with it. */
  private record Audit(AuditKey key, CheckpointSigner signer) {}

  /** Opens the rest in order. */
  Ports start() {
    clock.fault().ifPresent(LOG::error);
    Optional<Audit> audit =
        roles.hasAny(Role.JOBS, Role.ADMIN) ? Optional.of(audit()) : Optional.empty();
    Optional<WebKey> webKey =
        roles.hasAny(Role.WEB, Role.ADMIN) ? Optional.of(webKey()) : Optional.empty();
    Optional<Timetable> timetable = audit.filter(it -> roles.has(Role.JOBS)).map(this::timetable);
    PromptMail all =
        new PromptMail(
            foundation.storage().operation(status::changed),
            () -> timetable.ifPresent(Timetable::wakeMail));
    Optional<WebService> web = webKey.filter(it -> roles.has(Role.WEB)).map(it -> web(all, it));
    timetable.ifPresent(AuthorityServer::begin);
    web.ifPresent(WebService::start);
    Optional<AdminService> admin =
        webKey.filter(it -> roles.has(Role.ADMIN)).map(it -> admin(all, it, audit));
    // Last: what it tells of is there.
    ManagementService management = management(web, webKey, audit.map(Audit::key));
    foundation.authorities().tellProviders();
    return new Ports(
        web.map(it -> OptionalInt.of(it.port())).orElseGet(OptionalInt::empty),
        status.port(),
        admin.map(it -> OptionalInt.of(it.port())).orElseGet(OptionalInt::empty),
        management.port());
  }

  private static void begin(Timetable timetable) {
    timetable.start();
    // What the last life left waiting need not wait for the timetable.
    timetable.wakeMail();
  }

  private Audit audit() {
    AuditKey key = new AuditKey(config, host, foundation.authorities(), clock);
    return new Audit(key, key.open(foundation.storage()));
  }

  private WebKey webKey() {
    return WebKey.open(
        config, host, clock, foundation.authorities(), foundation.storage().transactions());
  }

  private Timetable timetable(Audit audit) {
    Storage storage = foundation.storage();
    Jobs jobs = new Jobs(config, host, storage);
    List<Job> others = new ArrayList<>(jobs.others());
    others.add(jobs.checkpoint(audit.signer(), clock));
    others.add(jobs.statusNodes(statusNodes(), clock));
    file.map(it -> new Backups(it, config, host))
        .ifPresent(it -> others.add(it.job(storage, foundation.authorities().issuer())));
    return opened.add(
        new Timetable(
            storage.database().dataSource(), host.node(), jobs.mail(submission()), others));
  }

  private StatusNodes statusNodes() {
    return foundation.authorities().statusNodes(foundation.storage().authority(status::changed));
  }

  private SmtpSubmission submission() {
    return new SmtpSubmission(
        SmtpSettings.of(config.mail()),
        config.mail().from(),
        config.mail().fromName().orElse(config.bank().name()),
        host.clock());
  }

  private WebService web(PromptMail all, WebKey webKey) {
    return opened.add(
        new WebService(config, host, foundation, all.registration(), webKey, latencies));
  }

  private AdminService admin(PromptMail all, WebKey webKey, Optional<Audit> audit) {
    AdminDesks.Offices offices =
        new AdminDesks.Offices(
            Optional.of(status.crlOffice(all)),
            status.responderOffice(),
            audit.map(
                it ->
                    new StoredAuditArchive(
                        foundation.storage().database(), it.signer(), host.clock(), clock)));
    Authorities authorities = foundation.authorities();
    return opened.add(
        AdminService.start(
            config,
            host,
            new AdminDesks(config, host, all, authorities, foundation.journal()),
            offices,
            webKey.shown(),
            authorities.issuers(),
            latencies.admin()));
  }

  private ManagementService management(
      Optional<WebService> web, Optional<WebKey> webKey, Optional<AuditKey> audit) {
    Storage storage = foundation.storage();
    OwnCertificates own =
        new OwnCertificates(
            config,
            foundation.authorities().root(),
            foundation.authorities()::signers,
            webKey,
            audit,
            status::responder);
    ManagementService service =
        opened.add(
            new ManagementService(
                config,
                host,
                metrics,
                new ManagementService.Watched(
                    parts(webKey),
                    storage.database()::level,
                    own::list,
                    Optional.of(
                        new ManagementService.People(
                            () -> OperatorCredentials.of(storage.operation(), host.clock()),
                            new JdbiMailQueue(storage.database())::backlog,
                            () -> CommitsWaiting.in(storage.reading()))),
                    () -> webKey.ifPresent(WebKey::check),
                    figures -> figures(figures, web))));
    service.start();
    return service;
  }

  private List<Part> parts(Optional<WebKey> webKey) {
    Storage storage = foundation.storage();
    List<Part> parts = new ArrayList<>();
    parts.add(Parts.database(storage));
    parts.add(Parts.clock(clock));
    parts.add(Parts.journal(foundation.journal()));
    parts.add(Parts.issuingKey(foundation.authorities()));
    parts.addAll(status.parts());
    webKey.map(it -> Parts.webCertificate(it, host.clock())).ifPresent(parts::add);
    return parts;
  }

  private void figures(Figures figures, Optional<WebService> web) {
    status.figures(figures);
    figures.issuers(foundation.authorities().signers());
    figures.unfinished(foundation.authorities().unfinished()::size);
    web.ifPresent(it -> figures.keys(it.keys(), config.authority().keyPoolSize()));
    web.ifPresent(it -> figures.issues(it::waiting));
  }
}
