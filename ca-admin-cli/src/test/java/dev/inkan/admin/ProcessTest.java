package dev.inkan.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The program as a process of its own: pipes and Ctrl-C. */
class ProcessTest extends CliTest {

  private Process start(List<String> arguments) throws IOException {
    // A shell that runs this in the background lets its children ignore SIGINT: that is undone.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(InkanAdmin.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", folder.toString());
    return builder.start();
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aPipeGetsUtf8WithoutColoursOrQuestions() throws Exception {
    api.on("GET /certificates", Answers.page(Answers.VALID));

    Process process = start(connected("cert", "list"));

    assertThat(text(process.getInputStream())).contains("千葉県教職員組合  good").doesNotContain("\033");
    assertThat(text(process.getErrorStream())).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aReaderThatGoesAwayEndsItSilently() throws Exception {
    String[] many = new String[1_000];
    Arrays.fill(many, Answers.VALID);
    api.on("GET /certificates", Answers.pageWithNext("on", many));

    Process process = start(connected("cert", "list", "--all", "--output", "csv"));
    assertThat(process.getInputStream().read()).isEqualTo('s');
    process.getInputStream().close();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(text(process.getErrorStream())).isEmpty();
    assertThat(process.exitValue()).isEqualTo(141);
  }

  @Test
  @Tag("D1")
  @DisplayName("D1: Ctrl-C in a bulk revocation says how far it is and how to go on")
  void interruptedBulk() throws Exception {
    CountDownLatch secondStep = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    api.on("GET /bulk-revocations/12", Answers.bulk("APPROVED", 0, 120));
    api.on(
        "POST /bulk-revocations/12/run",
        it -> {
          secondStep.countDown();
          if (secondStep.getCount() == 0) {
            await(end);
          }
          return FakeApi.Answer.json(Answers.bulk("APPROVED", 50, 120));
        });

    Process process = start(connected("bulk", "run", "12"));
    assertThat(secondStep.await(60, TimeUnit.SECONDS)).isTrue();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

    String err = text(process.getErrorStream());
    end.countDown();
    assertThat(err)
        .contains("revoking: 50 of 120", "Stopped: 50 of 120", "try: inkan-admin bulk run 12");
    assertThat(process.waitFor()).isEqualTo(130);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
