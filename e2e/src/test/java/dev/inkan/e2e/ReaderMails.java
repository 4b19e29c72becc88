package dev.inkan.e2e;

import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.UserId;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** The reader's mails from now on. */
final class ReaderMails {

  private static final MailAddress READER = new MailAddress("reader@union.example");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String WAITING = " kind = 'unlocked' AND state = 'QUEUED'";

  private final TwoServers servers;
  private final MailServer server;
  private final int earlier;

  ReaderMails(TwoServers servers) {
    this.servers = servers;
    this.server = servers.installation().mails();
    this.earlier = server.to(READER.value()).size();
  }

  /** Which servers are at those that wait. */
  List<String> claimedBy() {
    return servers.query("SELECT claimed_by FROM mail_outbox WHERE" + WAITING);
  }

  List<MailServer.Mail> mails() {
    List<MailServer.Mail> all = server.to(READER.value());
    return all.subList(earlier, all.size());
  }

  long distinct() {
    return mails().stream().map(MailServer.Mail::messageId).distinct().count();
  }

  void await(int count) {
    Awaitility.await(count + " mails").atMost(PATIENCE).until(() -> mails().size() >= count);
  }

  void awaitAllSent() {
    Awaitility.await("the end of the queue")
        .atMost(PATIENCE)
        .until(
            () ->
                servers
                    .query("SELECT COUNT(*) FROM mail_outbox WHERE" + WAITING)
                    .equals(List.of("0")));
  }

  /** Queues mails as a server does, in one transaction. */
  void queue(int count) {
    int unused =
        servers.<Integer>inLedger(
            transactions ->
                transactions.inTransaction(
                    stores -> {
                      for (int i = 0; i < count; i++) {
                        Notice notice = new Notice.Unlocked(new UserId("reader01"));
                        stores.outbox().add(OutgoingMail.toStranger(READER, notice));
                      }
                      return count;
                    }));
  }

  /** Queues mails, and kills who hands the first of them over when it is just handed over. */
  TwoServers.Node killWhoSendsNext(int count) {
    server.onNextMail(() -> sender().process().kill());
    queue(count);
    Awaitility.await("the kill")
        .atMost(PATIENCE)
        .until(() -> servers.both().stream().anyMatch(it -> !it.process().isAlive()));
    return servers.both().stream().filter(it -> !it.process().isAlive()).findFirst().orElseThrow();
  }

  private TwoServers.Node sender() {
    String name =
        servers
            .query("SELECT DISTINCT claimed_by FROM mail_outbox WHERE claimed_by IS NOT NULL")
            .get(0);
    return servers.both().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }
}
