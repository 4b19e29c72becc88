package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("B12")
class MailServerTest {

  @TempDir Path folder;

  private final ThrowawayPki pki = new ThrowawayPki("Test Root");

  @Test
  void keepsJapaneseMailsAndInsistsOnTlsAndAuth() throws Exception {
    Path key = pki.server(folder.resolve("mail.p12"));
    try (MailServer server = MailServer.start(Tls.serving(key, ThrowawayPki.PASSWORD))) {
      send(server, true, MailServer.PASSWORD);
      MailServer.Mail mail = server.await("taro@example.jp", 1);
      assertThat(mail.subject()).isEqualTo("認証コードのお知らせ");
      assertThat(mail.text()).contains("認証コード：012345");
      assertThat(mail.code()).isEqualTo("012345");
      assertThatThrownBy(() -> send(server, true, "wrong")).isInstanceOf(MessagingException.class);
      assertThatThrownBy(() -> send(server, false, MailServer.PASSWORD))
          .isInstanceOf(MessagingException.class);
      assertThat(server.all()).hasSize(1);
    }
  }

  private void send(MailServer server, boolean tls, String password) throws MessagingException {
    Properties settings = new Properties();
    settings.setProperty("mail.smtp.host", "localhost");
    settings.setProperty("mail.smtp.port", String.valueOf(server.port()));
    settings.setProperty("mail.smtp.auth", "true");
    settings.setProperty("mail.smtp.starttls.enable", String.valueOf(tls));
    settings.put("mail.smtp.ssl.socketFactory", Tls.trusting(pki.root()).getSocketFactory());
    Session session = Session.getInstance(settings, new LogIn(password));
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress("inkan@example.jp"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("taro@example.jp"));
    message.setSubject("認証コードのお知らせ", "UTF-8");
    message.setText("認証コード：012345\n電話 03-1234-5678\n", "UTF-8");
    Transport.send(message);
  }

  private static final class LogIn extends Authenticator {

    private final String password;

    LogIn(String password) {
      this.password = password;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return new PasswordAuthentication(MailServer.USER, password);
    }
  }
}
