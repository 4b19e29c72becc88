package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.testing.SoftHsm;
import dev.inkan.server.installation.IssuingCas;
import dev.inkan.server.installation.RolloverSteps;
import dev.inkan.server.store.FileJournal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one issuing CA to the next where keys never leave their token. */
@Tag("S7")
@Tag("S18")
final class TokenRolloverTest {

  private static final Duration PATIENCE = Duration.ofSeconds(25);

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "The token makes the next key, its root certifies it; both CAs sign CRLs and OCSP from there,"
          + " the token away and back; what renews itself goes on")
  void everythingInAToken() throws Exception {
    try (TestServer server = TestServer.start(folder, TokenServerTest.settings(folder))) {
      List<X509Certificate> old =
          TokenServerTest.chain(server.visitor(server.newPerson()).issued());

      String transcript =
          String.join("\n", step(server, it -> it.certifyWith(Optional.empty(), Optional.empty())));
      assertThat(transcript).contains("-issuing-2", "pkcs11:object=");
      assertThat(folder.resolve("keys/issuing-2.p12")).doesNotExist();
      assertThat(folder.resolve("keys/issuing-2.passphrase")).doesNotExist();
      await().atMost(PATIENCE).until(() -> answersFor(server, "issuing-2"));
      List<String> unused = step(server, it -> it.activate(server.clock().instant(), false));

      List<X509Certificate> young =
          TokenServerTest.chain(server.visitor(server.newPerson()).issued());
      assertThat(young.get(1).getSubjectX500Principal().getName()).contains("Issuing CA 2");
      assertBothAnswer(server, old, young);
      assertThat(folder.resolve("keys/responder-2.p12")).doesNotExist();

      Visitor visitor = server.newVisitor().confirmed();
      SoftHsm.without(
          () -> {
            assertThat(visitor.issue().status()).isEqualTo(503);
            assertThat(TokenServerTest.ask(server, old, true)).isEqualTo("try later");
            assertThat(TokenServerTest.ask(server, young, true)).isEqualTo("try later");
            assertThat(ready(server)).contains("issuing-2: key 'issuing-2' is not available");
          });
      await().atMost(PATIENCE).until(() -> visitor.issue().status() == 303);
      assertThat(visitor.awaitResult().status()).isEqualTo(200);
      assertBothAnswer(server, old, young);

      server.clock().advance(Duration.ofDays(345));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                Map<String, Double> figures = ManagementTest.figures(server);
                assertThat(daysLeft(figures, "web")).isGreaterThan(390);
                assertThat(daysLeft(figures, "responder")).isGreaterThan(29);
                assertThat(daysLeft(figures, "responder-2")).isGreaterThan(29);
              });
      assertThat(TokenServerTest.ask(server, old, true)).isEqualTo(TokenServerTest.GOOD);
      assertThat(TokenServerTest.ask(server, young, true)).isEqualTo(TokenServerTest.GOOD);
    }
  }

  private static double daysLeft(Map<String, Double> figures, String certificate) {
    return figures.getOrDefault(
        "inkan_certificate_days_left{certificate=\"" + certificate + "\"}", -1.0);
  }

  private static boolean answersFor(TestServer server, String ca) throws Exception {
    HttpResponse<String> figures = ManagementTest.get(server, "/metrics");
    String responder = ca.replace("issuing", "responder");
    return figures.body().contains("certificate=\"" + responder + "\"")
        && !figures.body().contains("inkan_crl_age_seconds{ca=\"" + ca + "\"} NaN");
  }

  private static void assertBothAnswer(
      TestServer server, List<X509Certificate> old, List<X509Certificate> young) throws Exception {
    BigInteger before = TokenServerTest.number(TokenServerTest.crl(server, "issuing"));
    assertThat(server.administrator().post("/crls/publish", Map.of()).status()).isEqualTo(200);
    TokenServerTest.crl(server, "issuing").verify(old.get(1).getPublicKey());
    TokenServerTest.crl(server, "issuing-2").verify(young.get(1).getPublicKey());
    assertThat(TokenServerTest.number(TokenServerTest.crl(server, "issuing")))
        .isGreaterThan(before);
    assertThat(TokenServerTest.ask(server, old, true)).isEqualTo(TokenServerTest.GOOD);
    assertThat(TokenServerTest.ask(server, young, true)).isEqualTo(TokenServerTest.GOOD);
  }

  private static String ready(TestServer server) throws Exception {
    List<String> faults = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              faults.clear();
              new ObjectMapper()
                  .readTree(ManagementTest.get(server, "/health/ready").body())
                  .path("parts")
                  .findValuesAsText("why")
                  .forEach(faults::add);
              return !faults.isEmpty();
            });
    return String.join("\n", faults);
  }

  private static List<String> step(TestServer server, Function<RolloverSteps, List<String>> step) {
    List<String> lines = new ArrayList<>();
    server.whileStopped(
        () -> {
          Host host = server.host(server.config());
          IssuingCas cas =
              new IssuingCas(server.config(), host, ClockPolicy.BANK, server.storage());
          try (FileJournal journal = cas.journal()) {
            lines.addAll(step.apply(new RolloverSteps(server.config(), host, cas, journal)));
          }
        });
    return lines;
  }

  @Test
  @DisplayName("The root's key elsewhere in a file: the token's request goes out, its key stays")
  void rootElsewhere() throws Exception {
    SoftHsm.start();
    Path pin = Files.writeString(folder.resolve("token.pin"), SoftHsm.PIN + "\n");
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
    String label = folder.getFileName() + "-elsewhere";
    Path file =
        Files.writeString(
            folder.resolve("inkan.yaml"),
            String.join(
                "\n",
                TestServer.CONFIGURATION + "authority:",
                "  issuing-key-file: pkcs11:object=" + label,
                "token:",
                "  library: " + SoftHsm.LIBRARY,
                "  label: " + SoftHsm.LABEL,
                "  pin-file: token.pin",
                ""));
    assertThat(TokenServerTest.init(file)).isZero();
    Path offline = Files.createDirectory(folder.resolve("offline"));
    for (String secret : List.of("root.p12", "root.passphrase")) {
      Files.move(folder.resolve("keys").resolve(secret), offline.resolve(secret));
    }
    Path request = folder.resolve("new.csr");
    Path certificate = folder.resolve("new.pem");
    String config = file.toString();

    assertThat(run("rollover", "--config", config, "--certify"))
        .contains("root.passphrase: the secret file does not exist");
    assertThat(run("rollover", "--config", config, "--request", request)).contains("public key");
    assertThat(
            run(
                "root-sign",
                "--request",
                request,
                "--key-file",
                offline.resolve("root.p12"),
                "--passphrase-file",
                offline.resolve("root.passphrase"),
                "--base-url",
                "http://localhost:8080",
                "--out",
                certificate,
                "--yes"))
        .contains("Issuing CA 2");
    assertThat(run("rollover", "--config", config, "--certificate", certificate))
        .contains("pkcs11:object=" + label + "-2");
    assertThat(run("rollover", "--config", config)).contains("does not issue", "--activate");
    try (Stream<Path> files = Files.list(folder.resolve("keys"))) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .noneMatch(it -> it.startsWith("issuing"));
    }
  }

  private static String run(Object... arguments) {
    StringWriter out = new StringWriter();
    int unused =
        InkanServer.commandLine(Clock.systemUTC(), new SecureRandom())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(out, true))
            .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    return out.toString();
  }
}
