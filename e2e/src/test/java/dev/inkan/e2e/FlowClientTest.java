package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.e2e.FlowClient.UnexpectedPageException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks a flow of the contract's paths and fields, made up here. */
class FlowClientTest {

  @TempDir Path folder;

  private final ThrowawayPki pki = new ThrowawayPki("Test Root");
  private final AtomicInteger asked = new AtomicInteger();
  private ThrowawayServer server;
  private FlowClient client;

  @BeforeEach
  void start() {
    server = new ThrowawayServer(pki, folder, this::pages);
    client = new FlowClient(server.uri(), Tls.trusting(pki.root()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void pages(JavalinConfig config) {
    form(config, "/issue", "userId=taro01&password=Pass%2Bw0rd%21", "/issue/code");
    form(config, "/issue/code", "code=012345", "/issue/confirm");
    form(config, "/issue/confirm", "", "/issue/progress");
    config.routes.get("/issue/progress", this::progress);
    config.routes.get("/issue/result", ctx -> ctx.html("done"));
    config.routes.get(
        "/issue/result/certificate.p12",
        ctx ->
            ctx.contentType("application/x-pkcs12")
                .header("Content-Disposition", "attachment; filename=\"taro0120261122093000.p12\"")
                .result(new byte[] {1, 2, 3}));
  }

  private void progress(Context ctx) {
    if (asked.incrementAndGet() > 3) {
      ctx.redirect("/issue/result", HttpStatus.SEE_OTHER);
    } else {
      ctx.html("wait");
    }
  }

  private static void form(JavalinConfig config, String path, String wanted, String next) {
    config.routes.get(
        path,
        ctx -> {
          ctx.cookie(new Cookie("__Host-s", "1", "/", -1, true, true));
          ctx.html("<form><input type=\"hidden\" name=\"csrf\" value=\"t-" + path + "\"></form>");
        });
    config.routes.post(
        path,
        ctx -> {
          String csrf = "csrf=t-" + path.replace("/", "%2F");
          String expected = wanted.isEmpty() ? csrf : wanted + "&" + csrf;
          boolean good = sameFields(ctx.body(), expected) && "1".equals(ctx.cookie("__Host-s"));
          if (good) {
            ctx.redirect(next, HttpStatus.SEE_OTHER);
          } else {
            ctx.status(403).html("refused");
          }
        });
  }

  private static boolean sameFields(String body, String expected) {
    return java.util.Set.of(body.split("&", -1)).equals(java.util.Set.of(expected.split("&", -1)));
  }

  @Test
  void walksTheStepsAndBringsTheFile() {
    client.authenticate("taro01", "Pass+w0rd!");
    client.enterCode("012345");
    client.issue();
    client.awaitResult();
    FlowClient.IssuedFile file = client.download();
    assertThat(file.name()).isEqualTo("taro0120261122093000.p12");
    assertThat(file.octets().toByteArray()).containsExactly(1, 2, 3);
  }

  @Test
  void anotherPageIsAnExceptionThatShowsIt() {
    assertThatThrownBy(() -> client.authenticate("taro01", "wrong"))
        .isInstanceOfSatisfying(
            UnexpectedPageException.class, e -> assertThat(e.status()).isEqualTo(403))
        .hasMessageContaining("refused");
    assertThatThrownBy(() -> new FlowClient(server.uri(), Tls.trusting(stranger())).issue())
        .hasRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class);
  }

  private static java.security.cert.X509Certificate stranger() {
    return new ThrowawayPki("Other Root").root();
  }
}
