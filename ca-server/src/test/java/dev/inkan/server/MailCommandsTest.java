package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.registration.MailAddress;
import dev.inkan.server.registration.Notice;
import dev.inkan.server.registration.OutgoingMail;
import dev.inkan.server.registration.User;
import dev.inkan.server.registration.UserId;
import dev.inkan.server.registration.VerificationCode;
import dev.inkan.server.store.JdbiMailQueue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code mail list} and {@code mail retry} as an operator types them. */
@Tag("D6")
final class MailCommandsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String USERS =
      """
      organisation_number,organisation_name,user_id,role,name,mail,password
      0001,印鑑商事,taro0001,general,太郎,taro@example.jp,Inkan#2026
      """;

  private final SecureRandom random = new SecureRandom();
  private Path file;

  private record Run(int status, String out, String err) {}

  @BeforeEach
  void install(@TempDir Path folder) throws Exception {
    file = folder.resolve("inkan.yaml");
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
    Path users = Files.writeString(folder.resolve("users.csv"), USERS);
    assertThat(run("import-users", users.toString()).status()).isZero();
  }

  @Test
  @DisplayName("A refusal is listed with its reason; nothing lists what a mail says")
  void list() {
    mails();

    Run table = run("mail", "list");

    assertThat(table.status()).as(table.err()).isZero();
    assertThat(table.out())
        .isEqualTo(
            """
            NUMBER  STATE    KIND           USER      TO               ATTEMPTS  MADE              NEXT              ENDED             REASON
            4       queued   unlocked       taro0001  taro@example.jp  1         2026-11-22 15:00  2026-11-22 16:00  -                 451 later
            3       sent     unlocked       taro0001  taro@example.jp  1         2026-11-22 15:00  -                 2026-11-22 15:00  -
            2       refused  unlocked       taro0001  taro@example.jp  1         2026-11-22 15:00  -                 2026-11-22 15:00  550 5.1.1 no such user
            1       queued   register-code  -         new@example.jp   1         2026-11-22 15:00  2026-11-22 15:00  -                 -
            """);
    assertThat(numbers("--state", "refused")).containsExactly("2");
    assertThat(numbers("--user", "taro0001")).containsExactly("4", "3", "2");
    assertThat(numbers("--user", "taro0001", "--state", "QUEUED")).containsExactly("4");
    assertThat(numbers("--number", "3")).containsExactly("3");
    assertThat(numbers("--state", "dropped")).isEmpty();
    assertThat(numbers("--limit", "2")).containsExactly("4", "3");
    for (String format : List.of("table", "json", "csv")) {
      assertThat(run("mail", "list", "--output", format).out()).doesNotContain("048213");
    }
  }

  @Test
  void listForPrograms() {
    mails();

    assertThat(run("mail", "list", "--number", "2", "--output", "json").out())
        .isEqualToIgnoringWhitespace(
            """
            [ {"number": 2, "state": "refused", "kind": "unlocked", "user": "taro0001",
               "to": "taro@example.jp", "attempts": 1, "made": "2026-11-22T06:00:00Z",
               "ended": "2026-11-22T06:00:00Z", "reason": "550 5.1.1 no such user"} ]
            """);
    assertThat(run("mail", "list", "--number", "2", "--output", "csv").out())
        .isEqualTo(
            String.join(
                "\r\n",
                "number,state,kind,user,to,attempts,made,next,ended,reason",
                "2,refused,unlocked,taro0001,taro@example.jp,1,2026-11-22T06:00:00Z,,"
                    + "2026-11-22T06:00:00Z,550 5.1.1 no such user",
                ""));
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(run("mail", "list", "--number", "9").status()).isEqualTo(3);
    assertThat(run("mail", "list", "--user", "nobody1").status()).isEqualTo(3);
    assertThat(run("mail", "list", "--user", "x").status()).isEqualTo(2);
    assertThat(run("mail", "list", "--state", "lost").status()).isEqualTo(2);
    assertThat(run("mail", "list", "--limit", "0").status()).isEqualTo(2);
    assertThat(run("mail").status()).isEqualTo(2);
    Run retry = run("mail", "retry", "--number", "9");
    assertThat(retry.status()).isEqualTo(3);
    assertThat(retry.err()).contains("error: no mail has the number 9");
  }

  @Test
  @DisplayName(
      "Only a mail that waits can be hastened; of the others it is said what to do instead")
  void retry() {
    mails();

    Run waiting = run("mail", "retry", "--number", "4");
    Run refused = run("mail", "retry", "--number", "2");
    Run sent = run("mail", "retry", "--number", "3");
    Run leased = run("mail", "retry", "--number", "1");

    assertThat(waiting.status()).as(waiting.err()).isZero();
    assertThat(waiting.out()).startsWith("mail 4 is due now");
    assertThat(run("mail", "list", "--number", "4").out()).contains("2026-11-22 15:00  -");
    assertThat(refused.status()).isEqualTo(4);
    assertThat(refused.err())
        .contains("was refused by the mail server; nothing changed", "text is erased")
        .contains("master initialise", "by telephone");
    assertThat(sent.status()).isEqualTo(4);
    assertThat(sent.err()).contains("was taken by the mail server");
    assertThat(leased.status()).isEqualTo(4);
    assertThat(leased.err()).contains("being handed over").doesNotContain("erased");
  }

  /** 1 is being handed over, 2 was refused, 3 sent, 4 put off for an hour. */
  private void mails() {
    InkanConfig config = ConfigFile.load(file);
    try (Storage storage = Storage.open(config, CLOCK, random)) {
      Boolean unused =
          storage
              .transactions()
              .inTransaction(
                  stores -> {
                    UserId id = new UserId("taro0001");
                    VerificationCode code = VerificationCode.parse("048213").orElseThrow();
                    stores
                        .outbox()
                        .add(
                            OutgoingMail.toStranger(
                                new MailAddress("new@example.jp"),
                                new Notice.RegistrationCode(id, code, NOW.plusSeconds(1800))));
                    User taro = stores.users().find(id).orElseThrow();
                    for (int i = 0; i < 3; i++) {
                      stores.outbox().add(OutgoingMail.to(taro, new Notice.Unlocked(id)));
                    }
                    return true;
                  });
      JdbiMailQueue queue = new JdbiMailQueue(storage.database());
      var claimed = queue.claim(config.node(), NOW, Duration.ofMinutes(15), 10);
      assertThat(claimed).hasSize(4);
      queue.refused(claimed.get(1).number(), NOW, "550 5.1.1 no such user");
      queue.sent(claimed.get(2).number(), NOW);
      queue.retry(claimed.get(3).number(), NOW.plus(Duration.ofHours(1)), "451 later");
    }
  }

  private List<String> numbers(String... filter) {
    Run run =
        run(Stream.concat(Stream.of("mail", "list"), Stream.of(filter)).toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run.out().lines().skip(1).map(line -> line.replaceFirst(" .*", "")).toList();
  }

  private Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = InkanServer.commandLine(CLOCK, random);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int verbs = arguments[0].equals("mail") && arguments.length > 1 ? 2 : 1;
    Stream<String> config = Stream.of("--config", file.toString());
    String[] all =
        arguments.length == 1 && arguments[0].equals("mail")
            ? arguments
            : Stream.of(
                    Arrays.stream(arguments).limit(verbs),
                    config,
                    Arrays.stream(arguments).skip(verbs))
                .flatMap(it -> it)
                .toArray(String[]::new);
    int status = line.execute(all);
    assertThat(err.toString()).as("no stack trace").doesNotContain("\tat ");
    return new Run(status, out.toString(), err.toString());
  }
}
