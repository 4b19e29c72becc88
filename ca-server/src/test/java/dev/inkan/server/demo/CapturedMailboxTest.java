package dev.inkan.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.Site;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The demonstration's mailbox shows what the server sent")
class CapturedMailboxTest {

  private static final Instant NOW = Instant.parse("2026-11-22T06:00:05Z");

  private static final Site SITE =
      new Site("みほん労働金庫", "システム", new Site.Helpdesk("窓口", "00", "9:00", "日曜"));

  private final CapturedMailbox mailbox =
      CapturedMailbox.start(0, Clock.fixed(NOW, ZoneOffset.UTC));
  private final HttpClient http = HttpClient.newHttpClient();
  private final MailboxPage page =
      MailboxPage.start(mailbox, SITE, new JapaneseDates(ZoneId.of("Asia/Tokyo")), 0);

  @BeforeEach
  void startsEmpty() throws Exception {
    assertThat(get("/").body()).contains("まだメールは届いていません").contains("デモ専用");
    assertThat(get("/mails.json").body()).isEqualTo("[]");
  }

  @AfterEach
  void stop() {
    page.close();
    mailbox.close();
  }

  @Test
  void keepsWhatItTookWithItsJapaneseIntact() throws Exception {
    send("認証コードのお知らせ", "コード 048213\n");

    assertThat(mailbox.mails())
        .containsExactly(
            new CapturedMail(
                1, "42", "<1@x.example>", "taro@example.jp", "認証コードのお知らせ", NOW, "コード 048213\n"));
    assertThat(get("/").body())
        .contains("<td>2026年11月22日 15時00分</td>")
        .contains("<a href=\"/mails/1\">認証コードのお知らせ</a>");
    assertThat(get("/mails/1").body()).contains("デモ専用").contains("コード 048213");
    assertThat(get("/mails.json").body())
        .contains("\"subject\":\"認証コードのお知らせ\"")
        .contains("\"text\":\"コード 048213\\n\"");
  }

  @Test
  void showsThePlainTextOfAMailOfSeveralParts() throws Exception {
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText("コード 048213\n", "UTF-8");
    MimeBodyPart html = new MimeBodyPart();
    html.setText("<p>コード <b>048213</b></p>", "UTF-8", "html");
    Session session = session();
    MimeMessage message = message(session, "s", "t");
    message.setContent(new MimeMultipart("alternative", plain, html));
    message.removeHeader("Content-Transfer-Encoding");
    message.saveChanges();

    send(session, message);

    assertThat(mailbox.mails().get(0).text()).isEqualTo("コード 048213\n");
  }

  @Test
  void escapesWhateverMailsHold() throws Exception {
    send("<script>alert('x')</script>", "\"<b>&\\\n");

    assertThat(get("/").body()).doesNotContain("<script>").contains("&lt;script&gt;alert(");
    assertThat(get("/mails/1").body()).contains("&lt;b&gt;&amp;\\");
    assertThat(get("/mails.json").body()).contains("\"text\":\"\\\"<b>&\\\\\\n\"");
    assertThat(get("/").headers().firstValue("Content-Security-Policy")).isPresent();
  }

  @Test
  void keepsTheLastTwoHundred() throws Exception {
    Session session = session();
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect("127.0.0.1", mailbox.port(), null, null);
      for (int i = 0; i < 205; i++) {
        MimeMessage message = message(session, "s" + i, "t");
        transport.sendMessage(message, message.getAllRecipients());
      }
    }

    assertThat(mailbox.mails()).hasSize(200).first().hasFieldOrPropertyWithValue("subject", "s204");
    assertThat(get("/mails/5").statusCode()).isEqualTo(404);
    assertThat(get("/mails/6").statusCode()).isEqualTo(200);
  }

  @Test
  void unknownMailsAreNotFound() throws Exception {
    assertThat(get("/mails/1").statusCode()).isEqualTo(404);
    assertThat(get("/mails/x").statusCode()).isEqualTo(404);
    assertThat(get("/mails/99999999999999999999").statusCode()).isEqualTo(404);
  }

  @Test
  void answersToNoOtherName() throws Exception {
    send("s", "048213");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port());
        InputStream in = socket.getInputStream()) {
      socket
          .getOutputStream()
          .write(
              "GET /mails.json HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403")
          .doesNotContain("048213");
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + page.port() + path);
    return http.send(
        HttpRequest.newBuilder(uri).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private void send(String subject, String text) throws MessagingException {
    Session session = session();
    send(session, message(session, subject, text));
  }

  private void send(Session session, MimeMessage message) throws MessagingException {
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect("127.0.0.1", mailbox.port(), null, null);
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  private static Session session() {
    Properties properties = new Properties();
    properties.put("mail.smtp.localhost", "localhost");
    properties.put("mail.smtp.timeout", "10000");
    return Session.getInstance(properties);
  }

  private static MimeMessage message(Session session, String subject, String text)
      throws MessagingException {
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<1@x.example>");
          }
        };
    message.setFrom(new InternetAddress("noreply@mihon-rokin.example"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("taro@example.jp"));
    message.setSubject(subject, "UTF-8");
    message.setHeader("X-Inkan-Mail-Number", "42");
    message.setText(text, "UTF-8");
    message.setHeader("Content-Transfer-Encoding", "base64");
    message.saveChanges();
    return message;
  }
}
