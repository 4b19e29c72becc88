package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.MailConfig;
import dev.inkan.server.demo.PlainText;
import dev.inkan.server.mail.Letterhead;
import dev.inkan.server.mail.MailQueue;
import dev.inkan.server.mail.MailSeal;
import dev.inkan.server.mail.MailSender;
import dev.inkan.server.mail.QueuedMail;
import dev.inkan.server.mail.RetrySchedule;
import dev.inkan.server.mail.SealedMailComposer;
import dev.inkan.server.mail.SmtpSettings;
import dev.inkan.server.mail.SmtpSubmission;
import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.UserId;
import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
@DisplayName("A real mail server takes, puts off and refuses mails (B12)")
class EximDeliveryTest {

  private final Clock clock = Clock.systemUTC();
  private final MailSeal seal = new MailSeal(new byte[32]);
  private final ListedQueue queue = new ListedQueue();

  @TempDir Path folder;
  @TempDir Path eximFolder;

  @Test
  @Tag("B12")
  void codeReachesTheMailboxThroughStartTlsAndAuth() throws Exception {
    try (EximServer exim = EximServer.start(eximFolder)) {
      InkanConfig config = config(exim, EximServer.PASSWORD);
      SealedMailComposer composer = composer(config);
      queue.add(composer, 1, "tempfail@mihon.example", clock.instant());
      queue.add(composer, 2, "nouser@mihon.example", clock.instant());
      queue.add(composer, 3, "alice@mihon.example", clock.instant());
      queue.add(composer, 4, "tempfail@mihon.example", clock.instant());
      queue.add(composer, 5, "bob@mihon.example", clock.instant());

      assertThat(sender(config).sendDue()).isEqualTo(2);

      assertThat(queue.told)
          .satisfiesExactly(
              told -> assertThat(told).startsWith("1 retry ").contains("451"),
              told -> assertThat(told).startsWith("2 refused ").contains("550 5.1.1"),
              told -> assertThat(told).isEqualTo("3 sent"),
              told -> assertThat(told).startsWith("4 retry ").contains("451"),
              told -> assertThat(told).isEqualTo("5 sent"));
      Awaitility.await("alice's mail")
          .atMost(Duration.ofSeconds(30))
          .until(() -> exim.delivered("alice").size() + exim.delivered("bob").size() == 2);
      assertReadable(exim.delivered("alice").get(0));
    }
  }

  @Test
  void wrongPasswordPutsTheMailOff() throws Exception {
    try (EximServer exim = EximServer.start(eximFolder)) {
      InkanConfig config = config(exim, "wrong");
      queue.add(composer(config), 1, "alice@mihon.example", clock.instant());

      assertThat(sender(config).sendDue()).isZero();

      assertThat(queue.told).singleElement().asString().startsWith("1 retry ").contains("535");
    }
  }

  private static void assertReadable(Path file) throws Exception {
    try (InputStream stream = Files.newInputStream(file)) {
      MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), stream);
      assertThat(mail.getSubject()).isEqualTo("【みほん労働金庫】認証コードのお知らせ");
      assertThat(mail.getContentType()).startsWith("multipart/alternative");
      BodyPart html = ((MimeMultipart) mail.getContent()).getBodyPart(1);
      assertThat(html.getContentType()).isEqualTo("text/html; charset=UTF-8");
      assertThat(html.getContent().toString()).contains(">048213</strong>", "お問い合わせ");
      assertThat(PlainText.of(mail)).contains("認証コード:048213").contains("メール番号:3");
      assertThat(mail.getMessageID()).isEqualTo("<inkan-3@mihon-rokin.example>");
      assertThat(String.join(" ", mail.getHeader("Received")))
          .contains("with esmtpsa")
          .contains("TLS1");
    }
  }

  private SealedMailComposer composer(InkanConfig config) {
    return new SealedMailComposer(Letterhead.of(config.bank()), seal, new SecureRandom(), clock);
  }

  private MailSender sender(InkanConfig config) {
    MailConfig mail = config.mail();
    SmtpSubmission submission =
        new SmtpSubmission(
            SmtpSettings.of(mail),
            mail.from(),
            mail.fromName().orElse(config.bank().name()),
            clock);
    return new MailSender(queue, seal, submission, RetrySchedule.of(mail), config.node(), clock);
  }

  private InkanConfig config(EximServer exim, String password) throws IOException {
    Path secret = Files.writeString(folder.resolve("mail.password"), password + "\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path file =
        Files.writeString(
            folder.resolve("inkan.yaml"),
            """
            web:
              public-url: https://localhost
            status:
              base-url: http://localhost
            mail:
              host: 127.0.0.1
              port: %d
              username: %s
              password-file: mail.password
              trust-file: %s
              from: noreply@mihon-rokin.example
            """
                .formatted(exim.port(), EximServer.USER, exim.certificate()));
    return ConfigFile.loadForInit(file, Map.of());
  }

  /** A queue in memory that remembers what it was told. */
  private static final class ListedQueue implements MailQueue {

    private final List<QueuedMail> due = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    void add(SealedMailComposer composer, long number, String to, Instant now) {
      Notice code =
          new Notice.Code(
              new UserId("taro01"),
              VerificationCode.parse("048213").orElseThrow(),
              now.plus(Duration.ofMinutes(30)));
      MailNumber mailNumber = new MailNumber(number);
      due.add(
          new QueuedMail(
              mailNumber,
              code.kind(),
              new MailAddress(to),
              composer.compose(mailNumber, Language.JAPANESE, code),
              0,
              now));
    }

    @Override
    public List<QueuedMail> claim(NodeName node, Instant now, Duration lease, int limit) {
      List<QueuedMail> claimed = List.copyOf(due);
      due.clear();
      return claimed;
    }

    @Override
    public int release(NodeName node) {
      return 0;
    }

    @Override
    public void sent(MailNumber number, Instant at) {
      told.add(number + " sent");
    }

    @Override
    public void retry(MailNumber number, Instant next, String reason) {
      told.add(number + " retry " + reason);
    }

    @Override
    public void refused(MailNumber number, Instant at, String reason) {
      told.add(number + " refused " + reason);
    }
  }
}
