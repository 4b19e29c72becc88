package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bank's staff at their command line, with a real server behind it. */
class AdminCliTest {

  private static final String PASSWORD = "Inkan#2026";

  @TempDir private static Path folder;

  private static Installation installation;
  private static ServerProcess server;
  private static String address;

  /** Who types: a credential and the file with its passphrase. */
  private record Operator(Path credential, Path passphrase) {

    Command.Outcome types(String... arguments) {
      List<String> command = new ArrayList<>();
      command.add(Path.of("../bin/inkan-admin").toAbsolutePath().normalize().toString());
      command.addAll(List.of(arguments));
      if (!arguments[arguments.length - 1].equals("--help")) {
        command.addAll(List.of("--server", address, "--credential", credential.toString()));
        command.addAll(List.of("--password-file", passphrase.toString()));
      }
      Command.Outcome outcome =
          Command.run(
              Map.of("HOME", folder.toString(), "JAVA_HOME", System.getProperty("java.home")),
              command);
      record(List.of(arguments), outcome);
      return outcome;
    }

    /** The worked example of docs/admin-cli.md comes from here. */
    private static void record(List<String> arguments, Command.Outcome outcome) {
      try {
        Files.writeString(
            Path.of("target", "admin-cli.txt"),
            "$ inkan-admin " + String.join(" ", arguments) + "\n" + outcome.output() + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @BeforeAll
  static void start() {
    installation =
        Installation.make(
                folder, "authority: {subscriber-key: p-256}\nsource-budget: {attempts: 1000}")
            .users(line("yamada01"), line("sato0002"));
    server = installation.serve();
    address = installation.adminUri().toString();
    issue("yamada01");
    issue("sato0002");
  }

  @AfterAll
  static void stop() {
    server.close();
    installation.close();
  }

  private static String line(String userId) {
    return "001,千葉県教職員組合," + userId + ",general,山田 太郎," + userId + "@union.example," + PASSWORD;
  }

  private static void issue(String userId) {
    installation.issue(userId, PASSWORD, userId + "@union.example", folder);
  }

  private static Operator administrator() {
    Path keys = folder.resolve("keys");
    return new Operator(
        keys.resolve("operator-admin.p12"), keys.resolve("operator-admin.passphrase"));
  }

  private static Operator added(String name, String... roles) {
    Path credential = folder.resolve(name + ".p12");
    Path passphrase = folder.resolve(name + ".passphrase");
    List<String> arguments = new ArrayList<>(List.of("operator", "add", name));
    for (String role : roles) {
      arguments.addAll(List.of("--role", role));
    }
    arguments.addAll(List.of("--display-name", "木村 花子", "--file", credential.toString()));
    arguments.addAll(List.of("--passphrase-file", passphrase.toString()));
    administrator().types(arguments.toArray(String[]::new)).orFail();
    return new Operator(credential, passphrase);
  }

  @Test
  @Tag("D1")
  @Tag("D3")
  @DisplayName("D1, D3: a new clerk finds in the help how to revoke one lost PC, and does it")
  void oneLostPc() {
    Operator kimura = added("kimura", "clerk");

    assertThat(kimura.types("--help").orFail().output()).contains("request add", "--cause lost");
    assertThat(kimura.types("request", "add", "--help").orFail().output())
        .contains("--hold", "request approve");
    assertThat(kimura.types("cert", "list", "--user", "yamada01").orFail().output())
        .contains("yamada01  千葉県教職員組合  good");
    String recorded =
        kimura
            .types(
                "request",
                "add",
                "--user",
                "yamada01",
                "--cause",
                "lost",
                "--asked-by",
                "佐藤",
                "--channel",
                "phone",
                "--hold")
            .orFail()
            .output();
    assertThat(recorded).contains("佐藤 (phone)", "key compromise");
    Matcher number = Pattern.compile("request approve (\\d+)").matcher(recorded);
    assertThat(number.find()).isTrue();
    assertThat(kimura.types("cert", "list", "--user", "yamada01").orFail().output())
        .contains("held");

    assertThat(
            kimura
                .types("request", "approve", number.group(1), "--note", "called back", "--yes")
                .orFail()
                .output())
        .containsPattern("state +done");

    assertThat(kimura.types("cert", "list", "--user", "yamada01").orFail().output())
        .contains("revoked");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(kimura.types("crl", "diff").orFail().output())
                    .contains("says what the ledger says"));
    Command.Outcome again = kimura.types("request", "approve", number.group(1), "--yes");
    assertThat(again.exit()).isEqualTo(4);
  }

  @Test
  @Tag("D5")
  @DisplayName("D5: many are revoked by two operators, and each act is in a log that verifies")
  void twoOperatorsAndTheLog() throws IOException {
    Operator saito = added("saito", "clerk", "approver");
    Operator ono = added("ono", "approver", "auditor");

    String recorded =
        saito
            .types(
                "cert",
                "revoke",
                "--user",
                "sato0002",
                "--cause",
                "stolen",
                "--asked-by",
                "佐藤",
                "--channel",
                "visit",
                "--yes")
            .orFail()
            .output();
    Matcher number = Pattern.compile("bulk approve (\\d+)").matcher(recorded);
    assertThat(number.find()).as(recorded).isTrue();
    Command.Outcome own = saito.types("bulk", "approve", number.group(1), "--yes");
    assertThat(own.exit()).isEqualTo(4);
    assertThat(ono.types("bulk", "approve", number.group(1), "--yes").orFail().output())
        .contains("revoking: 1 of 1", "done, 1 revoked");
    assertThat(saito.types("audit", "list").exit()).isEqualTo(4);

    assertThat(ono.types("audit", "list", "--actor", "ono").orFail().output()).contains("ono");
    Path export = folder.resolve("audit.ndjson");
    ono.types("audit", "export", "--file", export.toString()).orFail();
    assertThat(verify(export).orFail().output()).contains("sound: nothing was changed");
    Files.writeString(export, Files.readString(export).replaceFirst("saito", "mallory"));
    Command.Outcome altered = verify(export);
    assertThat(altered.exit()).isEqualTo(1);
    assertThat(altered.output()).containsPattern("record \\d+ was changed");
  }

  private static Command.Outcome verify(Path export) {
    return Command.run(
        Map.of("HOME", folder.toString()),
        List.of(
            Path.of("../bin/inkan-admin").toAbsolutePath().normalize().toString(),
            "audit",
            "verify",
            export.toString(),
            "--trust",
            folder.resolve("keys").resolve("root.cer").toString()));
  }
}
