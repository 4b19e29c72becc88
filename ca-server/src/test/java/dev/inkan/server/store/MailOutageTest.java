package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.config.MailConfig.Security;
import dev.inkan.server.mail.Letterhead;
import dev.inkan.server.mail.MailSeal;
import dev.inkan.server.mail.MailSender;
import dev.inkan.server.mail.RetrySchedule;
import dev.inkan.server.mail.SealedMailComposer;
import dev.inkan.server.mail.SmtpSettings;
import dev.inkan.server.mail.SmtpSubmission;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.User;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** The real queue, the real sender and a real mail server that comes and goes. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
@Timeout(180)
final class MailOutageTest {

  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofDays(3));
  private static final Duration STEP = Duration.ofMinutes(5);

  private final Bed bed;
  private final int port;
  private final MailSeal seal = new MailSeal(new byte[32]);
  private final Queue<String> arrived = new ConcurrentLinkedQueue<>();
  private final JdbiTransactions transactions;

  MailOutageTest(Engine engine, @TempDir Path directory) throws IOException {
    this.bed = new Bed(engine, directory);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    Letterhead letterhead =
        new Letterhead(
            "みほん労働金庫",
            "システム",
            ZoneId.of("Asia/Tokyo"),
            new Letterhead.Helpdesk("窓口", "00-0000-0000", "9:00", "日曜"));
    this.transactions =
        new JdbiTransactions(
            bed.database,
            new SealedMailComposer(letterhead, seal, new SecureRandom(), bed.clock),
            bed.clock);
  }

  @BeforeEach
  void addTaro() {
    bed.addTaro();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  @Tag("A4")
  @Tag("D6")
  @DisplayName("The mail server is down for a day: nothing is lost, nothing comes twice, codes go")
  void downForADay() {
    queue(30, false);
    queue(10, true);
    MailSender sender = sender(bed, Bed.NODE, bed.clock);

    for (Duration down = Duration.ZERO; down.toDays() < 1; down = down.plus(STEP)) {
      assertThat(sender.sendDue()).isZero();
      bed.clock.advance(STEP);
    }

    assertThat(bed.count("SELECT COUNT(*) FROM mail_outbox WHERE state = 'QUEUED'")).isEqualTo(30);
    assertThat(
            bed.count(
                "SELECT COUNT(*) FROM mail_outbox WHERE kind = 'code' AND state = 'DROPPED'"
                    + " AND sealed IS NULL AND reason = 'could not be handed over in time'"))
        .isEqualTo(10);
    assertThat(bed.count("SELECT MAX(attempts) FROM mail_outbox"))
        .as("back-off")
        .isBetween(20L, 32L);
    assertThat(bed.count("SELECT MIN(attempts) FROM mail_outbox WHERE kind <> 'code'"))
        .isBetween(20L, 32L);

    SMTPServer server = up();
    try {
      for (int i = 0; i < 13; i++) {
        sender.sendDue();
        bed.clock.advance(STEP);
      }
    } finally {
      server.stop();
    }
    assertThat(arrived).hasSize(30).doesNotHaveDuplicates();
    assertThat(bed.count("SELECT COUNT(*) FROM mail_outbox WHERE state = 'SENT'")).isEqualTo(30);
  }

  @Test
  @Tag("A4")
  @DisplayName("Two servers send 500 mails at once: each goes out once")
  void twoServers() throws Exception {
    queue(500, false);
    SMTPServer server = up();
    try (Bed other = new Bed(bed.settings)) {
      MailSender one = sender(bed, Bed.NODE, bed.clock);
      MailSender two = sender(other, new NodeName("node-2"), bed.clock);
      List<Callable<Integer>> senders = List.of(one::sendDue, two::sendDue, one::sendDue);

      int sent = Race.of(senders).stream().mapToInt(it -> it).sum();
      int rest = one.sendDue();

      assertThat(sent + rest).isEqualTo(500);
      assertThat(
              bed.count(
                  "SELECT COUNT(*) FROM mail_outbox WHERE attempts <> 1 OR reason IS NOT NULL"))
          .as("tried once each")
          .isZero();
      assertThat(arrived).hasSize(500).doesNotHaveDuplicates();
      assertThat(bed.count("SELECT COUNT(*) FROM mail_outbox WHERE state = 'SENT'")).isEqualTo(500);
    } finally {
      server.stop();
    }
  }

  private void queue(int count, boolean codes) {
    VerificationCode code = VerificationCode.parse("048213").orElseThrow();
    Boolean unused =
        transactions.inTransaction(
            stores -> {
              User taro = stores.users().find(Bed.TARO).orElseThrow();
              for (int i = 0; i < count; i++) {
                Notice notice =
                    codes
                        ? new Notice.Code(taro.userId(), code, Bed.NOW.plusSeconds(1800))
                        : new Notice.Unlocked(taro.userId());
                OutgoingMail mail = OutgoingMail.to(taro, notice);
                stores.outbox().add(codes ? mail.before(Bed.NOW.plusSeconds(1800)) : mail);
              }
              return true;
            });
  }

  private MailSender sender(Bed at, NodeName node, Clock clock) {
    SmtpSettings settings =
        new SmtpSettings(
            "127.0.0.1",
            port,
            Security.NONE,
            Optional.empty(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Optional.empty());
    SmtpSubmission submission =
        new SmtpSubmission(
            settings, new MailAddress("noreply@mihon-rokin.example"), "みほん労働金庫", clock);
    return new MailSender(new JdbiMailQueue(at.database), seal, submission, SCHEDULE, node, clock);
  }

  private SMTPServer up() {
    SMTPServer server =
        SMTPServer.port(port)
            .bindAddress(InetAddress.getLoopbackAddress())
            .messageHandler((context, from, to, data) -> take(data))
            .build();
    server.start();
    return server;
  }

  private void take(byte[] data) throws RejectException {
    try {
      Session session = Session.getInstance(new Properties());
      arrived.add(new MimeMessage(session, new ByteArrayInputStream(data)).getMessageID());
    } catch (MessagingException e) {
      throw new RejectException(554, "unreadable");
    }
  }
}
