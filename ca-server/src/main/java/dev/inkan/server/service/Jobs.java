package dev.inkan.server.service;

import dev.inkan.core.authority.CheckpointSigner;
import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.BankCalendar;
import dev.inkan.core.policy.ExpiryNotices;
import dev.inkan.server.audit.Checkpoints;
import dev.inkan.server.authority.StatusNodes;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.ClockGuard;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.job.Erasure;
import dev.inkan.server.job.Job;
import dev.inkan.server.mail.MailSender;
import dev.inkan.server.mail.MailTransport;
import dev.inkan.server.mail.RetrySchedule;
import dev.inkan.server.registration.certificate.CalendarNotices;
import dev.inkan.server.store.JdbiAuditStore;
import dev.inkan.server.store.JdbiMailQueue;
import java.time.Duration;
import java.util.List;

/** What happens by itself, as the configuration describes it. */
public final class Jobs {

  private static final Duration MAIL_EVERY = Duration.ofSeconds(5);
  private static final Duration CLEAN_EVERY = Duration.ofMinutes(1);
  private static final Duration NOTICES_EVERY = Duration.ofMinutes(10);

  private static final Duration STATUS_NODES_EVERY = Duration.ofMinutes(1);
  private static final Duration CHECKPOINT_EVERY = Duration.ofHours(1);

  private final InkanConfig config;
  private final Host host;
  private final Storage storage;

  public Jobs(InkanConfig config, Host host, Storage storage) {
    this.config = config;
    this.host = host;
    this.storage = storage;
  }

  /** Hands waiting mails over. */
  public Job mail(MailTransport transport) {
    MailSender sender =
        new MailSender(
            new JdbiMailQueue(storage.database()),
            storage.mailSeal(),
            transport,
            RetrySchedule.of(config.mail()),
            host.node(),
            host.clock());
    return new Job("send-mail", MAIL_EVERY, sender::sendDue);
  }

  /** Signs how far the audit trail has come, if it has come further. */
  public Job checkpoint(CheckpointSigner signer, ClockGuard clock) {
    JdbiAuditStore audit = new JdbiAuditStore(storage.database());
    return new Job(
        "audit-checkpoint",
        CHECKPOINT_EVERY,
        clock.before(new Checkpoints(audit, signer, host.clock())));
  }

  /** Certifies status nodes' responders anew, in time. */
  public Job statusNodes(StatusNodes nodes, ClockGuard clock) {
    return new Job("status-nodes", STATUS_NODES_EVERY, clock.before(nodes::renewDue));
  }

  /** Everything else that needs no key. */
  public List<Job> others() {
    Duration passwordsFor = config.code().lifetime().plus(config.session().idle());
    Erasure erasure = new Erasure(storage.transactions(), passwordsFor, host.clock());
    CalendarNotices notices =
        new CalendarNotices(storage.transactions(), expiryNotices(), host.clock());
    return List.of(
        new Job("erase-expired", CLEAN_EVERY, erasure),
        new Job("calendar-notices", NOTICES_EVERY, notices));
  }

  private ExpiryNotices expiryNotices() {
    return new ExpiryNotices(
        config.notices().daysBefore().days(), new BankCalendar(config.bank().zone()));
  }
}
