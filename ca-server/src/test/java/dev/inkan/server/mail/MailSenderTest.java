package dev.inkan.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.server.config.MailConfig.Security;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.user.MailAddress;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
@DisplayName("Mails reach the mail server, whatever it does (B9, B12, D6)")
class MailSenderTest {

  private static final GeneralName LOOPBACK = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
  private static final SelfMadeCertificate GOOD = SelfMadeCertificate.forHost(LOOPBACK);
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofDays(3));

  @TempDir Path folder;
  private final MutableClock clock = new MutableClock(Mails.NOW);
  private final FakeMailQueue queue = new FakeMailQueue();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(MailSender.class);

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void detach() {
    logger.detachAppender(log);
  }

  @Test
  @Tag("B12")
  void wireMessageIsWhatWasWritten() throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      queue.add(Mails.queued(1042, "taro.yamada@example.jp", 0));

      assertThat(sender(settings(server.port(), Security.NONE)).sendDue()).isEqualTo(1);

      assertThat(queue.told()).containsExactly("1042 sent");
      MimeMessage mail = server.only();
      MailText text = Mails.texts().render(new MailNumber(1042), Mails.CODE, Mails.NOW);
      assertThat(mail.getSubject()).isEqualTo(text.subject());
      assertThat(mail.getContentType()).startsWith("multipart/alternative;");
      MimeMultipart parts = (MimeMultipart) mail.getContent();
      assertThat(parts.getCount()).isEqualTo(2);
      assertPart(parts.getBodyPart(0), "text/plain; charset=UTF-8", text.body());
      assertPart(parts.getBodyPart(1), "text/html; charset=UTF-8", MailHtml.of(text));
      assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo("みほん労働金庫");
      assertThat(mail.getHeader("Message-ID", null)).isEqualTo("<inkan-1042@mihon-rokin.example>");
      assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
      assertThat(mail.getSentDate()).isEqualTo(Mails.NOW);
      assertThat(new String(server.wire().get(0), StandardCharsets.ISO_8859_1))
          .matches("\\p{ASCII}*")
          .contains("=?UTF-8?");
    }
  }

  private static void assertPart(BodyPart part, String type, String text) throws Exception {
    assertThat(part.getContentType()).isEqualTo(type);
    assertThat(part.getHeader("Content-Transfer-Encoding")).containsExactly("base64");
    assertThat(part.getContent().toString().replace("\r\n", "\n")).isEqualTo(text);
  }

  @Test
  void messageIdIsTheSameAtEveryAttempt() throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      queue.add(Mails.queued(5, "a@example.jp", 0));
      queue.add(Mails.queued(5, "a@example.jp", 1));
      sender(settings(server.port(), Security.NONE)).sendDue();

      assertThat(server.wire())
          .hasSize(2)
          .allSatisfy(
              wire ->
                  assertThat(new String(wire, StandardCharsets.ISO_8859_1))
                      .contains("Message-ID: <inkan-5@mihon-rokin.example>"));
    }
  }

  @Test
  @DisplayName("B12: the database goes away in the middle: what was claimed is free again at once")
  void databaseLostInTheMiddle() throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      MailSender sender = sender(settings(server.port(), Security.NONE));
      queue.add(Mails.queued(5, "a@example.jp", 0));
      queue.loseNextSent();
      assertThatThrownBy(sender::sendDue).isInstanceOf(StoreUnavailableException.class);
      assertThat(queue.told()).isEmpty();

      queue.add(Mails.queued(5, "a@example.jp", 0));
      assertThat(sender.sendDue()).isEqualTo(1);
      assertThat(sender.sendDue()).isZero();

      assertThat(queue.told()).containsExactly("released", "5 sent");
    }
  }

  @Test
  void startTlsAndLogInWithATrustedSelfMadeCertificate() throws Exception {
    try (TestMailServer server = TestMailServer.startTls(GOOD.context())) {
      queue.add(Mails.queued(1, "taro@example.jp", 0));
      sender(secure(server.port(), Security.STARTTLS, GOOD)).sendDue();

      assertThat(queue.told()).containsExactly("1 sent");
      assertThat(server.recipients()).containsExactly("taro@example.jp");
    }
  }

  @Test
  void tlsFromTheFirstOctet() throws Exception {
    try (TestMailServer server = TestMailServer.tls(GOOD.context())) {
      queue.add(Mails.queued(1, "taro@example.jp", 0));
      SmtpSettings settings = secure(server.port(), Security.TLS, GOOD);
      sender(withoutLogin(settings)).sendDue();

      assertThat(queue.told()).containsExactly("1 sent");
    }
  }

  @Test
  @Tag("S13")
  void certificateForAnotherHostIsRefused() throws Exception {
    SelfMadeCertificate other =
        SelfMadeCertificate.forHost(new GeneralName(GeneralName.dNSName, "smtp.example.jp"));
    for (Security security : new Security[] {Security.STARTTLS, Security.TLS}) {
      try (TestMailServer server =
          security == Security.TLS
              ? TestMailServer.tls(other.context())
              : TestMailServer.startTls(other.context())) {
        queue.add(Mails.queued(1, "taro@example.jp", 0));
        sender(secure(server.port(), security, other)).sendDue();

        assertThat(server.wire()).isEmpty();
      }
    }
    assertThat(queue.told())
        .hasSize(2)
        .allSatisfy(told -> assertThat(told).startsWith("1 retry ").contains("no connection"));
  }

  @Test
  void certificateThatNobodyTrustsIsRefused() throws Exception {
    try (TestMailServer server = TestMailServer.startTls(GOOD.context())) {
      queue.add(Mails.queued(1, "taro@example.jp", 0));
      SelfMadeCertificate stranger = SelfMadeCertificate.forHost(LOOPBACK);
      sender(secure(server.port(), Security.STARTTLS, stranger)).sendDue();

      assertThat(queue.told()).singleElement().asString().startsWith("1 retry ");
      assertThat(server.wire()).isEmpty();
    }
  }

  @Test
  void neverFallsBackToClearText() throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      queue.add(Mails.queued(1, "taro@example.jp", 0));
      SmtpSettings settings = secure(server.port(), Security.STARTTLS, GOOD);
      sender(withoutLogin(settings)).sendDue();

      assertThat(queue.told()).singleElement().asString().startsWith("1 retry ");
      assertThat(server.wire()).isEmpty();
    }
  }

  @Test
  void wrongMailPasswordIsOursToMendAndLosesNoMail() throws Exception {
    try (TestMailServer server = TestMailServer.startTls(GOOD.context())) {
      queue.add(Mails.queued(1, "taro@example.jp", 0));
      SmtpSettings good = secure(server.port(), Security.STARTTLS, GOOD);
      sender(withLogin(good, login("wrong"))).sendDue();

      assertThat(queue.told()).singleElement().asString().startsWith("1 retry ").contains("535");
    }
  }

  @Test
  void oneBadMailNeverStopsTheOthers() throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      queue.add(Mails.queued(1, "tempfail@example.jp", 0));
      queue.add(Mails.queued(2, "nouser@example.jp", 0));
      queue.add(Mails.queued(3, "full@example.jp", 0));
      queue.add(Mails.queued(4, "busy@example.jp", 3));
      queue.add(unopenable(5));
      queue.add(Mails.queued(6, "taro@example.jp", 0));

      assertThat(sender(settings(server.port(), Security.NONE)).sendDue()).isEqualTo(1);

      assertThat(queue.told())
          .satisfiesExactly(
              told -> assertThat(told).startsWith("1 retry 2026-11-22T06:00:35Z").contains("451"),
              told -> assertThat(told).startsWith("2 refused ").contains("550 5.1.1"),
              told -> assertThat(told).startsWith("3 refused ").contains("552"),
              told -> assertThat(told).startsWith("4 retry 2026-11-22T06:04:05Z").contains("421"),
              told -> assertThat(told).startsWith("5 retry ").contains("the seal does not open"),
              told -> assertThat(told).isEqualTo("6 sent"));
    }
  }

  @Test
  void givesUpAMailThatIsTooOld() throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      queue.add(Mails.queued(1, "tempfail@example.jp", 80));
      clock.advance(Duration.ofDays(3));
      sender(settings(server.port(), Security.NONE)).sendDue();

      assertThat(queue.told()).singleElement().asString().startsWith("1 refused given up: 451");
    }
  }

  @Test
  void moreThanABatchIsSent() throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      for (int i = 0; i < 45; i++) {
        queue.add(Mails.queued(i, "taro@example.jp", 0));
      }

      assertThat(sender(settings(server.port(), Security.NONE)).sendDue()).isEqualTo(45);
      assertThat(server.wire()).hasSize(45);
    }
  }

  @ParameterizedTest
  @EnumSource
  void silenceOrHangingUpAtAnyPointPutsTheMailOff(SilentServer.Until until) throws Exception {
    try (SilentServer server = new SilentServer(until)) {
      queue.add(Mails.queued(1, "taro@example.jp", 0));

      assertThat(sender(settings(server.port(), Security.NONE)).sendDue()).isZero();

      assertThat(queue.told())
          .singleElement()
          .asString()
          .startsWith("1 retry 2026-11-22T06:00:35Z ");
    }
  }

  @Test
  void serverThatIsNotThereIsAskedOncePerRun() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    queue.add(Mails.queued(1, "taro@example.jp", 0));
    queue.add(Mails.queued(2, "jiro@example.jp", 1));

    assertThat(sender(settings(port, Security.NONE)).sendDue()).isZero();

    assertThat(queue.told())
        .satisfiesExactly(
            told -> assertThat(told).startsWith("1 retry 2026-11-22T06:00:35Z no connection"),
            told -> assertThat(told).startsWith("2 retry 2026-11-22T06:01:05Z no connection"));
  }

  @Test
  void waitDoublesUpToTheLast() {
    assertThat(SCHEDULE.waitAfter(0)).isEqualTo(Duration.ofSeconds(30));
    assertThat(SCHEDULE.waitAfter(6)).isEqualTo(Duration.ofMinutes(32));
    assertThat(SCHEDULE.waitAfter(7)).isEqualTo(Duration.ofHours(1));
    assertThat(SCHEDULE.waitAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  @Tag("S5")
  void logAndReasonsTellNeitherTheCodeNorTheWholeAddress() throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      queue.add(Mails.queued(1, "nouser@example.jp", 0));
      queue.add(Mails.queued(2, "tempfail@example.jp", 0));
      queue.add(Mails.queued(3, "taro.yamada@example.jp", 0));
      sender(settings(server.port(), Security.NONE)).sendDue();
    }

    assertThat(log.list).hasSize(3);
    assertThat(
            String.join("\n", log.list.stream().map(ILoggingEvent::getFormattedMessage).toList()))
        .contains("Mail 1 (code) to n***@example.jp: refused for good (reply 550, attempt 1)")
        .contains("Mail 3 (code) to t***@example.jp: handed over")
        .doesNotContain("048213")
        .doesNotContain("taro.yamada")
        .doesNotContain("nouser");
    assertThat(String.join("\n", queue.told())).doesNotContain("nouser@").doesNotContain("048213");
  }

  private MailSender sender(SmtpSettings settings) {
    SmtpSubmission submission =
        new SmtpSubmission(
            settings, new MailAddress("noreply@mihon-rokin.example"), "みほん労働金庫", clock);
    return new MailSender(queue, Mails.SEAL, submission, SCHEDULE, new NodeName("node-1"), clock);
  }

  private static SmtpSettings settings(int port, Security security) {
    return new SmtpSettings(
        "127.0.0.1",
        port,
        security,
        Optional.empty(),
        Duration.ofSeconds(5),
        Duration.ofMillis(700),
        Optional.empty());
  }

  private SmtpSettings secure(int port, Security security, SelfMadeCertificate trusted)
      throws Exception {
    return new SmtpSettings(
        "127.0.0.1",
        port,
        security,
        Optional.of(login(TestMailServer.PASSWORD)),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Optional.of(trusted.writePem(folder.resolve("trust.pem"))));
  }

  private SmtpSettings.Login login(String password) throws IOException {
    Path file = Files.writeString(folder.resolve("mail.password"), password + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return new SmtpSettings.Login(TestMailServer.USER, new SecretFile(file));
  }

  private static SmtpSettings withoutLogin(SmtpSettings s) {
    return withLogin(s, Optional.empty());
  }

  private static SmtpSettings withLogin(SmtpSettings s, SmtpSettings.Login login) {
    return withLogin(s, Optional.of(login));
  }

  private static SmtpSettings withLogin(SmtpSettings s, Optional<SmtpSettings.Login> login) {
    return new SmtpSettings(
        s.host(),
        s.port(),
        s.security(),
        login,
        s.connectTimeout(),
        s.readTimeout(),
        s.trustFile());
  }

  private static QueuedMail unopenable(long number) {
    QueuedMail other = Mails.queued(number + 1000, "taro@example.jp", 0);
    return new QueuedMail(
        new MailNumber(number),
        other.kind(),
        other.to(),
        other.sealed(),
        other.attempts(),
        other.createdAt());
  }
}
