package dev.inkan.server.mail;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.config.ConfigurationException;
import jakarta.mail.MessagingException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands waiting mails over to the mail server. A mail is handed over once, except where the server
 * took it and could not say so, or this process died before it wrote that down; then its Message-ID
 * is the same. Safe for several threads and servers: the queue gives each mail to one.
 */
public final class MailSender {

  private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);
  private static final int BATCH = 20;

  /** Longer than a batch takes, unless the server dawdles; then the rest of the batch is left. */
  private static final Duration LEASE = Duration.ofMinutes(15);

  private final MailQueue queue;
  private final MailSeal seal;
  private final MailTransport transport;
  private final RetrySchedule schedule;
  private final NodeName node;
  private final Clock clock;
  private final ReentrantLock sending = new ReentrantLock();
  private final AtomicBoolean brokeOff = new AtomicBoolean();

  public MailSender(
      MailQueue queue,
      MailSeal seal,
      MailTransport transport,
      RetrySchedule schedule,
      NodeName node,
      Clock clock) {
    this.queue = queue;
    this.seal = seal;
    this.transport = transport;
    this.schedule = schedule;
    this.node = node;
    this.clock = clock;
  }

  /**
   * Sends what is due.
   *
   * @return how many mails the mail server took
   */
  public int sendDue() {
    // One at a time: else what a fault of the database left claimed could not be told from what
    // another thread is just handing over.
    sending.lock();
    try {
      if (brokeOff.get()) {
        int left = queue.release(node);
        LOG.warn("{} mails were being handed over when the database was lost", left);
      }
      brokeOff.set(true);
      int sent = sendAllDue();
      brokeOff.set(false);
      return sent;
    } finally {
      sending.unlock();
    }
  }

  private int sendAllDue() {
    int sent = 0;
    boolean more = true;
    while (more) {
      Instant now = clock.instant();
      List<QueuedMail> mails = queue.claim(node, now, LEASE, BATCH);
      try (Batch batch = new Batch(now.plus(LEASE.dividedBy(2)))) {
        sent += batch.send(mails);
        more = !mails.isEmpty() && batch.mayGoOn();
      }
    }
    return sent;
  }

  /** Mails over one connection, which is made anew after a failure. */
  private final class Batch implements AutoCloseable {

    private final Instant end;
    private MailTransport.@Nullable Connection connection;
    private HandOver.@Nullable Deferred unreachable;

    private Batch(Instant end) {
      this.end = end;
    }

    boolean mayGoOn() {
      return unreachable == null && clock.instant().isBefore(end);
    }

    int send(List<QueuedMail> mails) {
      int sent = 0;
      for (QueuedMail mail : mails) {
        Instant now = clock.instant();
        if (!now.isBefore(end)) {
          // The lease may run out under us; who claims it next sends it.
          queue.retry(mail.number(), now, "the mail server was too slow for those before it");
          continue;
        }
        HandOver handOver = handOver(mail);
        settle(mail, handOver);
        if (handOver instanceof HandOver.Accepted) {
          sent++;
        } else {
          close();
        }
      }
      return sent;
    }

    private HandOver handOver(QueuedMail mail) {
      try {
        MailText text = seal.open(mail.number(), mail.sealed());
        if (unreachable != null) {
          return unreachable;
        }
        return connected().submit(mail, text);
      } catch (GeneralSecurityException e) {
        return new HandOver.Deferred(0, "the seal does not open: is it the right key?", true);
      } catch (MessagingException | ConfigurationException e) {
        unreachable = SmtpReplies.unreachable(e);
        return unreachable;
      } catch (RuntimeException e) {
        // Whatever is odd about this mail, those behind it must not wait for it.
        LOG.error("Mail {} ({}) could not be made", mail.number(), mail.kind(), e);
        return new HandOver.Deferred(0, "unexpected " + e.getClass().getSimpleName(), true);
      }
    }

    private MailTransport.Connection connected() throws MessagingException {
      MailTransport.Connection open = connection;
      if (open == null) {
        open = transport.connect();
        connection = open;
      }
      return open;
    }

    @Override
    public void close() {
      MailTransport.Connection open = connection;
      connection = null;
      if (open != null) {
        try {
          open.close();
        } catch (MessagingException e) {
          LOG.debug("The mail server did not part in form", e);
        }
      }
    }
  }

  private void settle(QueuedMail mail, HandOver handOver) {
    Instant now = clock.instant();
    if (handOver instanceof HandOver.Accepted) {
      queue.sent(mail.number(), now);
      LOG.info("Mail {} ({}) to {}: handed over", mail.number(), mail.kind(), mail.to().masked());
    } else if (handOver instanceof HandOver.Refused refused) {
      queue.refused(mail.number(), now, refused.reason());
      warn(mail, "refused for good", refused.code());
    } else if (handOver instanceof HandOver.Deferred deferred) {
      defer(mail, deferred, now);
    }
  }

  private void defer(QueuedMail mail, HandOver.Deferred deferred, Instant now) {
    Instant next = now.plus(schedule.waitAfter(mail.attempts()));
    if (next.isAfter(mail.createdAt().plus(schedule.giveUpAfter()))) {
      queue.refused(mail.number(), now, "given up: " + deferred.reason());
      warn(mail, "given up", deferred.code());
      return;
    }
    queue.retry(mail.number(), next, deferred.reason());
    warn(
        mail,
        deferred.connected() ? "put off" : "put off, mail server unreachable",
        deferred.code());
  }

  private static void warn(QueuedMail mail, String what, int code) {
    LOG.warn(
        "Mail {} ({}) to {}: {} (reply {}, attempt {})",
        mail.number(),
        mail.kind(),
        mail.to().masked(),
        what,
        code == 0 ? "none" : code,
        mail.attempts() + 1);
  }
}
