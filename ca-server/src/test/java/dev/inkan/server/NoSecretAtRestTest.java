package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.inkan.server.log.JsonLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** S5: after a whole flow and a log-in, what must be nowhere is looked for everywhere. */
final class NoSecretAtRestTest {

  private final Map<String, byte[]> secrets = new LinkedHashMap<>();

  @Test
  @Tag("S5")
  @Tag("A9")
  @DisplayName("S5, A9: no password, code, key or token in database, journal, mails or log")
  void nowhere(@TempDir Path folder) throws Exception {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger ours = context.getLogger("dev.inkan");
    Level before = ours.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    ours.setLevel(Level.TRACE);
    List<String> others =
        List.of("org.jdbi", "com.zaxxer", "org.flywaydb", "h2database", "com.github.kagkarlsson");
    others.forEach(name -> context.getLogger(name).setLevel(Level.TRACE));
    try (TestServer server = TestServer.start(folder)) {
      Person person = walk(server);
      walkWithInitialPassword(server);
      Map<String, byte[]> places = files(folder);
      places.put("log", text(log));
      places.put("log as JSON", JsonLines.of(log.list));
      for (String told : List.of("/metrics", "/health/ready")) {
        places.put(told, ManagementTest.get(server, told).body().getBytes(StandardCharsets.UTF_8));
      }
      places.put("mail_outbox", rows(server, "mail_outbox"));
      places.put("audit_event", rows(server, "audit_event"));
      places.put("certificate_application", rows(server, "certificate_application"));

      Path database = folder.resolve("data/inkan.mv.db");
      assertThat(contains(Files.readAllBytes(database), person.mail()))
          .as("what is not secret is found, so the search works")
          .isTrue();
      assertThat(contains(text(log), person.userId())).isTrue();
      places.forEach(this::holdsNoSecret);
      server.stop();
      files(folder).forEach(this::holdsNoSecret);
    } finally {
      root.detachAppender(log);
      ours.setLevel(before);
      others.forEach(name -> context.getLogger(name).setLevel(null));
    }
  }

  /** A wrong password, a wrong code, a whole flow, a log-in, a log-out. */
  private Person walk(TestServer server) throws Exception {
    Visitor visitor = server.newVisitor();
    Person person = visitor.person();
    secret("password", person.password());
    secret("wrong password", person.wrongPassword());
    visitor.browser().post("/issue", "userId", person.userId(), "password", person.wrongPassword());
    visitor.applied();
    secret("token at ⑤", visitor.browser().token());
    secret("CSRF token at ⑤", visitor.browser().csrf());
    String code = server.awaitCode(person, 1);
    secret("code", code);
    visitor.enter(code);
    secret("token at ⑥", visitor.browser().token());
    visitor.issue();
    visitor.awaitResult();
    byte[] pfx = visitor.download().octets();
    secrets.put("PKCS#12", Arrays.copyOfRange(pfx, 40, 104));
    keys(pfx, person);
    Browser browser = server.browser(pfx, person.password());
    browser.post("/login", "userId", person.userId(), "password", person.password());
    assertThat(browser.get("/home").status()).isEqualTo(200);
    secret("token of the log-in", browser.token());
    browser.post("/logout");
    return person;
  }

  /** The initial password, the one chosen for the certificate, and the one it is changed to. */
  private void walkWithInitialPassword(TestServer server) {
    Person person = server.newPersonWithInitialPassword(Duration.ofDays(30));
    String chosen = "Hanako+77";
    String changed = "Hanako+88";
    secret("initial password", person.password());
    secret("chosen password", chosen);
    secret("changed password", changed);
    Visitor visitor = server.visitor(person).passwordDue();
    secret("token before the password", visitor.browser().token());
    visitor.browser().post("/issue/password", "password", chosen, "passwordConfirm", changed);
    assertThat(visitor.choose(chosen).status()).isEqualTo(303);
    secret("token after the password", visitor.browser().token());
    visitor.issue();
    visitor.awaitResult();
    Browser browser = server.browser(visitor.download().octets(), chosen);
    browser.post("/login", "userId", person.userId(), "password", chosen);
    secret("token before the change", browser.token());
    Reply reply =
        browser.post(
            "/home/password",
            "currentPassword",
            chosen,
            "password",
            changed,
            "passwordConfirm",
            changed);
    assertThat(reply.location()).endsWith("/home/password/changed");
    secret("token after the change", browser.token());
  }

  private void keys(byte[] pfx, Person person) throws Exception {
    char[] password = person.password().toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(pfx), password);
    PrivateKey key = (PrivateKey) store.getKey(store.aliases().nextElement(), password);
    secrets.put("PKCS#8", key.getEncoded());
    BigInteger scalar = ((ECPrivateKey) key).getS();
    byte[] octets = scalar.toByteArray();
    secrets.put("private scalar", Arrays.copyOfRange(octets, octets.length - 31, octets.length));
  }

  private void secret(String name, String text) {
    secrets.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }

  private static byte[] text(ListAppender<ILoggingEvent> log) {
    StringBuilder text = new StringBuilder();
    for (ILoggingEvent event : List.copyOf(log.list)) {
      text.append(event.getLoggerName()).append(' ').append(event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] rows(TestServer server, String table) {
    List<String> columns =
        server.query(
            "SELECT column_name FROM information_schema.columns WHERE LOWER(table_name) = '"
                + table
                + "'");
    List<String> values = new ArrayList<>();
    for (String column : columns) {
      values.addAll(server.query("SELECT " + column + " FROM " + table));
    }
    assertThat(values).isNotEmpty();
    return String.join("\n", values).getBytes(StandardCharsets.UTF_8);
  }

  private void holdsNoSecret(String place, byte[] octets) {
    secrets.forEach(
        (name, secret) -> {
          HexFormat hex = HexFormat.of();
          for (byte[] form :
              List.of(
                  secret,
                  ascii(hex.formatHex(secret)),
                  ascii(hex.withUpperCase().formatHex(secret)),
                  ascii(Base64.getEncoder().withoutPadding().encodeToString(secret)),
                  ascii(Base64.getUrlEncoder().withoutPadding().encodeToString(secret)),
                  utf16(secret))) {
            assertThat(indexOf(octets, form)).as(name + " in " + place).isNegative();
          }
        });
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] utf16(byte[] secret) {
    return new String(secret, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_16LE);
  }

  private static boolean contains(byte[] octets, String text) {
    return indexOf(octets, text.getBytes(StandardCharsets.UTF_8)) >= 0;
  }

  private static int indexOf(byte[] octets, byte[] sought) {
    String all = new String(octets, StandardCharsets.ISO_8859_1);
    return all.indexOf(new String(sought, StandardCharsets.ISO_8859_1));
  }
}
