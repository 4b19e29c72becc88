package dev.inkan.admin;

import dev.inkan.admin.command.Desk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every test of commands needs: a server, a credential, and a terminal. */
abstract class CliTest {

  static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

  private static @TempDir Path shared;
  private static TestCredentials credentials;
  static FakeApi api;
  static Path credential;
  static Path passwordFile;

  @TempDir Path folder;

  @BeforeAll
  static void startServer() throws Exception {
    credentials = new TestCredentials("Root");
    api = FakeApi.start(credentials.server("127.0.0.1"));
    credential = credentials.operator(shared.resolve("kimura.p12"), "kimura");
    passwordFile =
        Files.createFile(
            shared.resolve("password"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passwordFile, TestCredentials.PASSWORD + "\n");
  }

  @AfterAll
  static void stopServer() {
    api.close();
  }

  @BeforeEach
  void forget() {
    api.reset();
  }

  /** Whose root the server and the credential come from. */
  static TestCredentials credentials() {
    return credentials;
  }

  /** What came of a command. */
  record Run(int status, String out, String err) {}

  /** Runs a command with a connection to the server; nobody answers questions. */
  Run run(String... arguments) {
    return runAnswering(List.of(), arguments);
  }

  /** Runs a command; {@code answers} are typed when it asks. */
  Run runAnswering(List<String> answers, String... arguments) {
    return runWith(new FakeTerminal(false, answers.toArray(String[]::new)), connected(arguments));
  }

  static List<String> connected(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--server", api.url(), "--credential", credential.toString()));
    all.addAll(List.of("--password-file", passwordFile.toString()));
    return all;
  }

  Run runWith(FakeTerminal terminal, List<String> arguments) {
    return runIn(Map.of(), terminal, arguments);
  }

  Run runIn(Map<String, String> environment, FakeTerminal terminal, List<String> arguments) {
    Desk desk = new Desk(terminal, environment, folder, Clock.fixed(NOW, ZoneOffset.UTC));
    String[] all = arguments.toArray(String[]::new);
    int status = CommandTree.of(desk, all).execute(all);
    return new Run(status, terminal.outText(), terminal.errText());
  }
}
