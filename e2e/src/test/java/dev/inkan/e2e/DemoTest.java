package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.e2e.KillEvidence.Received;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The demonstration as a newcomer runs it, read from what it prints. */
@Execution(ExecutionMode.CONCURRENT)
class DemoTest {

  private static final Pattern CODE_MAIL =
      Pattern.compile("\"text\":\"[^\"]*(?<![0-9])([0-9]{6})(?![0-9])");

  @TempDir Path folder;

  private final int port = ServerProcess.freePort();
  private final int mailboxPort = ServerProcess.freePort();
  private final int statusPort = ServerProcess.freePort();

  @Test
  @DisplayName("from nothing to a certificate; Ctrl-C stops cleanly; a second start keeps the data")
  void demonstration() throws Exception {
    try (ServerProcess demo = demo()) {
      Received file = issue(demo);
      assertThat(file.fileName()).matches("hanako01[0-9]{14}\\.p12");
      assertStopsCleanly(demo);
    }
    try (ServerProcess demo = demo()) {
      assertThat(demo.line(line -> line.startsWith("Making a demonstration"))).isEmpty();
      FlowClient.Answer refused =
          client(demo)
              .submitted(
                  "/issue",
                  Map.of("userId", "hanako01", "password", printed(demo, "general user", 3)));
      assertThat(refused.body()).contains("電子証明書は発行済みです");
      assertStopsCleanly(demo);
    }
  }

  private Received issue(ServerProcess demo) throws Exception {
    String userId = printed(demo, "general user", 1);
    String password = printed(demo, "general user", 3);
    FlowClient client = client(demo);
    client.authenticate(userId, password);
    client.enterCode(code(URI.create(printed(demo, "mails", 1))));
    client.issue();
    client.awaitResult();
    return Received.open(userId, password, client.download());
  }

  /** The n-th word behind a label of the welcome. */
  private static String printed(ServerProcess demo, String label, int word) {
    String line =
        demo.line(said -> said.strip().startsWith(label + " "))
            .orElseThrow(() -> new AssertionError(label + " is not said: " + demo.log()));
    return line.strip().substring(label.length()).strip().split("\\s+", -1)[word - 1];
  }

  private static FlowClient client(ServerProcess demo) {
    Path anchor = Path.of(printed(demo, "trust anchor", 1));
    return new FlowClient(
        URI.create(printed(demo, "open", 1)), Tls.trusting(Tls.certificates(anchor).get(0)));
  }

  private static String code(URI mailbox) throws Exception {
    List<String> codes = new ArrayList<>();
    Awaitility.await("code in the mailbox")
        .until(
            () -> {
              Matcher mail = CODE_MAIL.matcher(read(mailbox.resolve("mails.json")));
              return mail.find() && codes.add(mail.group(1));
            });
    assertThat(read(mailbox)).contains("デモ専用");
    return codes.get(0);
  }

  private static String read(URI page) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static void assertStopsCleanly(ServerProcess demo) {
    assertThat(demo.interrupt()).isIn(0, 130);
    assertThat(demo.log()).last().isEqualTo("Inkan has stopped");
    assertThat(demo.log()).noneMatch(line -> line.contains("ERROR") || line.contains("Exception"));
  }

  /** A shell that runs this in the background lets its children ignore SIGINT: that is undone. */
  private ServerProcess demo() {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(ServerProcess.java());
    command.addAll(
        List.of(
            "demo",
            "--data",
            folder.resolve("data").toString(),
            "--port",
            Integer.toString(port),
            "--status-port",
            Integer.toString(statusPort),
            "--mailbox-port",
            Integer.toString(mailboxPort)));
    return ServerProcess.start(command, said -> said.startsWith("Press Ctrl-C"));
  }
}
