package dev.inkan.server.tls;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** Javalin over the web listener on a free port; {@code GET /} says what the certificate is. */
final class ListenerUnderTest implements AutoCloseable {

  private static final String CHAIN = "jakarta.servlet.request.X509Certificate";

  static {
    ((Logger) LoggerFactory.getLogger("org.eclipse.jetty")).setLevel(Level.INFO);
    ((Logger) LoggerFactory.getLogger("io.javalin")).setLevel(Level.WARN);
  }

  static final int LONG_ANSWER = 24 * 1024 * 1024;

  private final ClientCertificateReader reader;
  private final Javalin javalin;
  private final AtomicInteger forms = new AtomicInteger();

  ListenerUnderTest(
      TlsTestPki pki,
      TlsTestPki.Issued server,
      FakeLedger ledger,
      ListenerLimits limits,
      Path folder) {
    this(pki, server, ledger, limits, folder, WebListener.Visitors.EVERYBODY);
  }

  ListenerUnderTest(
      TlsTestPki pki,
      TlsTestPki.Issued server,
      FakeLedger ledger,
      ListenerLimits limits,
      Path folder,
      WebListener.Visitors visitors) {
    Path file = server.pkcs12(folder.resolve("server.p12"), pki.issuing.certificate());
    List<X509Certificate> issuers = List.of(pki.issuing.certificate());
    reader = new ClientCertificateReader(issuers, ledger, Clock.systemUTC());
    var tls = new WebListener.Tls(ServerKeyTest.load(file), issuers, visitors);
    var listener = new WebListener("127.0.0.1", 0, Optional.of(tls), Optional.empty(), limits);
    javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.http.maxRequestSize = 2L * limits.bodyOctets(); // the listener's comes first
              config.jetty.threadPool = listener.threadPool();
              config.jetty.modifyServer(listener::guard);
              config.jetty.addConnector(listener::connector);
              config.routes.get("/", this::tell);
              config.routes.get("/long", ListenerUnderTest::tellMuch);
              config.routes.post("/form", this::count);
            });
    javalin.start();
  }

  int port() {
    return javalin.port();
  }

  int formsSeen() {
    return forms.get();
  }

  private void count(Context ctx) {
    forms.incrementAndGet();
    ctx.result(ctx.body().length() + " octets");
  }

  /** Piece by piece, as an export does. */
  private static void tellMuch(Context ctx) throws IOException {
    byte[] piece = new byte[64 * 1024];
    for (int sent = 0; sent < LONG_ANSWER; sent += piece.length) {
      ctx.outputStream().write(piece);
    }
  }

  private void tell(Context ctx) {
    X509Certificate[] chain = ctx.attribute(CHAIN);
    ctx.result("shown: " + reader.read(chain).getClass().getSimpleName() + ".");
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
