package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import dev.inkan.server.command.ImportUsersCommand;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code simulate}, as an operator types it, on a small installation at noon of 2026-11-22. */
final class SimulateCommandTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final Clock NOON =
      InstantSource.fixed(Instant.parse("2026-11-22T03:00:00Z")).withZone(ZoneOffset.UTC);

  private static final String USERS =
      """
      organisation_number,organisation_name,user_id,role,name,mail,password
      00099999,みほん教職員組合,master01,master,見本 主,master@mihon-kyoso.example,Seal#2026x
      00099999,みほん教職員組合,hanako01,general,見本 花子,hanako@mihon-kyoso.example,Inkan#2026
      00099999,みほん教職員組合,tarou001,general,見本 太郎,tarou@mihon-kyoso.example,Hanko#2026
      """;

  private static final String UNTIL_JANUARY =
      """
      What would happen by itself, if nobody did anything:

      2026-11-22 Sun, the bank is closed
           1  mail unlocked: master01 (m***@mihon-kyoso.example)
           1  lock ends: tarou001

      2026-11-23 Mon
           1  a year before the last day of our own: operator's certificate SERIAL, until 2027-11-23

      2026-11-25 Wed
           2  mail expiring: hanako01 (h***@mihon-kyoso.example), tarou001 (t***@mihon-kyoso.example)
           2  renewal opens: hanako01, tarou001

      2026-12-22 Tue
           1  initial password ends unused: tarou001
           1  letter to a master user ends unused, organisation: 00099999

      2026-12-24 Thu
           1  a year before the last day of our own: web certificate SERIAL, until 2027-12-24

      2026-12-25 Fri
           2  last day of a certificate not renewed: hanako01, tarou001

      2026-12-26 Sat, the bank is closed
           2  mail expired: hanako01 (h***@mihon-kyoso.example), tarou001 (t***@mihon-kyoso.example)

      Summary
        days          45, 2026-11-22 to 2027-01-05, as they begin in Asia/Tokyo
        mails         5: expired 2, expiring 2, unlocked 1
        busiest day   2026-11-25 Wed: 2 mails
        on weekends and other closed days   3 mails
      """;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** One installation for all: nothing here changes it. */
  @TempDir private static Path folder;

  private static Path file;
  private static Path data;

  private record Run(int status, String out, String err) {}

  @BeforeAll
  static void install() throws IOException {
    file = folder.resolve("inkan.yaml");
    data = folder.resolve("data/inkan.mv.db");
    Files.writeString(
        file,
        """
        web:
          public-url: https://localhost:8443
        status:
          base-url: http://localhost:8080
        mail:
          host: 127.0.0.1
          port: 1
          security: none
          from: inkan@mihon-rokin.example
        """);
    assertThat(run("init").status()).isZero();
    InkanConfig config = ConfigFile.load(file);
    Host host = new Host(NOON, RANDOM, config.node());
    try (Storage storage = Storage.open(config, NOON, RANDOM)) {
      ImportUsersCommand.importer(storage, config, host).importUsers(new StringReader(USERS));
      boolean unused =
          storage
              .transactions()
              .inTransaction(
                  stores -> {
                    certificate(stores, "hanako01", 1, LocalDate.parse("2026-12-25"), host);
                    certificate(stores, "tarou001", 2, LocalDate.parse("2026-12-25"), host);
                    certificate(stores, "master01", 3, LocalDate.parse("2026-12-01"), host);
                    certificate(stores, "master01", 4, LocalDate.parse("2027-11-20"), host);
                    User master = user(stores, "master01");
                    stores
                        .outbox()
                        .add(OutgoingMail.to(master, new Notice.Unlocked(master.userId())));
                    return true;
                  });
      Instant lockEnds = Instant.parse("2026-11-22T03:30:00Z");
      Rows.update(
          storage, "UPDATE app_user SET locked_until = ? WHERE user_id = ?", lockEnds, "tarou001");
      Instant passwordEnds = Instant.parse("2026-12-22T03:00:00Z");
      Rows.update(
          storage,
          "UPDATE app_user SET initial_until = ? WHERE user_id = ?",
          passwordEnds,
          "tarou001");
      Rows.update(
          storage,
          "INSERT INTO master_invitation (expires_at, created_at, organisation_number, login_id,"
              + " password_hash) VALUES (?, TIMESTAMP WITH TIME ZONE '2026-11-22 00:00:00+00', ?,"
              + " 'AB12345678', 'none')",
          passwordEnds,
          "00099999");
    }
  }

  private static void certificate(
      RegistrationStores stores, String userId, int number, LocalDate last, Host host) {
    Instant end = last.plusDays(1).atStartOfDay(TOKYO).toInstant().minusSeconds(1);
    Instant begin = last.minusDays(365).atTime(9, 0).atZone(TOKYO).toInstant();
    CertificateRecord entry =
        CertificateRecord.prepared(
                SerialNumber.parse(String.format("4000000000000000%016x", number)),
                CertificateKind.SUBSCRIBER,
                CaName.ISSUING,
                user(stores, userId).id(),
                new Validity(begin, end),
                begin,
                host.node())
            .issued();
    stores.certificates().restore(entry, Der.copyOf(new byte[] {48, 1, (byte) number}));
  }

  private static User user(RegistrationStores stores, String userId) {
    return stores.users().find(new UserId(userId)).orElseThrow();
  }

  private static Run run(String command, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = InkanServer.commandLine(NOON, RANDOM);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] arguments =
        Stream.concat(Stream.of(command, "--config", file.toString()), Stream.of(more))
            .toArray(String[]::new);
    int status = line.execute(arguments);
    assertThat(err.toString()).as("no stack trace").doesNotContain("\tat ");
    return new Run(status, out.toString(), err.toString());
  }

  @Test
  @Tag("A3")
  @Tag("A4")
  @DisplayName("A3, A4: day by day what would happen; the database stays as it is, octet by octet")
  void table() throws IOException {
    byte[] before = Files.readAllBytes(data);

    Run run = run("simulate", "--to", "2027-01-05");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().replaceAll("[0-9a-f]{32}", "SERIAL")).isEqualTo(UNTIL_JANUARY);
    assertThat(run.err()).contains("45 days simulated in 0.0 s");
    assertThat(run.out() + run.err())
        .doesNotContain("hanako@", "tarou@", "master@", "AB12345678", "Inkan#2026");
    assertThat(Files.readAllBytes(data)).isEqualTo(before);
    assertThat(run("simulate", "--to", "2027-01-05").out()).isEqualTo(run.out());
  }

  @Test
  @DisplayName("JSON holds every day and everybody, and the bank's own closed days")
  void json() throws IOException {
    Run run =
        run(
            "simulate",
            "--to",
            "2026-12-26",
            "--output",
            "json",
            "--closed-on",
            "2026-11-25,2026-12-24");

    assertThat(run.status()).as(run.err()).isZero();
    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(document.at("/days")).hasSize(35);
    assertThat(document.at("/days/3/day").asText()).isEqualTo("2026-11-25");
    assertThat(document.at("/days/3/closed").asBoolean()).isTrue();
    assertThat(document.at("/days/3/mails/expiring/0/userId").asText()).isEqualTo("hanako01");
    assertThat(document.at("/days/3/mails/expiring/0/address").asText())
        .isEqualTo("h***@mihon-kyoso.example");
    assertThat(document.at("/days/3/events/renewal-opens")).hasSize(2);
    assertThat(document.at("/summary/mailsByKind/expired").asInt()).isEqualTo(2);
    assertThat(document.at("/summary/closedDayMails").asInt()).isEqualTo(5);
  }

  @Test
  @Tag("A4")
  @DisplayName("A4: a server that stands still until --from tells the latest alone, and late")
  void fromLater() {
    Run run = run("simulate", "--from", "2026-12-27", "--to", "2026-12-28");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("2026-12-27 Sun", "2  mail expired: hanako01")
        .doesNotContain("expiring");
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}: exit 2")
  @CsvSource({
    "--to, 2026-11-21, '', '', 2026-11-21 is over: today is 2026-11-22 in Asia/Tokyo",
    "--to, 2027-02-29, '', '', write a date as 2027-12-31",
    "--to, tomorrow, '', '', write a date as 2027-12-31",
    "--to, 2036-11-23, '', '', more than 10 years ahead: 2036-11-22 at most",
    "--to, 2026-12-31, --from, 2026-11-01, --from 2026-11-01 is over",
    "--to, 2026-12-31, --from, 2027-01-01, --to 2026-12-31 is before --from 2027-01-01",
    "--to, 2026-12-31, --closed-on, x, --closed-on x: write a date",
    "--to, 2026-12-31, --output, xml, write table or json",
    "--from, now, '', '', --to",
  })
  void wrongDates(String first, String value, String second, String other, String says) {
    Run run =
        second.isEmpty()
            ? run("simulate", first, value)
            : run("simulate", first, value, second, other);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(says);
    assertThat(run.out()).isEmpty();
  }

  @Test
  @DisplayName("A file that a running server has open is one clear line")
  void serverRuns() throws IOException {
    try (FileChannel server =
            FileChannel.open(data, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = server.lock()) {
      assertThat(lock.isValid()).isTrue();

      Run run = run("simulate", "--to", "2026-12-31");

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err())
          .startsWith("error: another process, such as a running server")
          .contains(data.toString(), "stop the server", "several servers need PostgreSQL");
    }
  }
}
