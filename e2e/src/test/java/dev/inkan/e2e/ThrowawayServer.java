package dev.inkan.e2e;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.tls.ListenerLimits;
import dev.inkan.server.tls.ServerKey;
import dev.inkan.server.tls.WebListener;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** The real web listener with pages made up by a test. */
final class ThrowawayServer implements AutoCloseable {

  static final String CHAIN = "jakarta.servlet.request.X509Certificate";

  static {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
  }

  private final Javalin javalin;

  ThrowawayServer(ThrowawayPki pki, Path folder, Consumer<JavalinConfig> pages) {
    WebListener listener =
        new WebListener(
            "127.0.0.1",
            0,
            key(pki.server(folder.resolve("server.p12"))),
            List.of(pki.root()),
            ListenerLimits.standard());
    javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.threadPool = listener.threadPool();
              config.jetty.modifyServer(listener::guard);
              config.jetty.addConnector(listener::connector);
              pages.accept(config);
            });
    javalin.start();
  }

  private static ServerKey key(Path file) {
    try (Passphrase passphrase = Passphrase.copyOf(ThrowawayPki.PASSWORD.toCharArray())) {
      return ServerKey.load(file, passphrase);
    }
  }

  URI uri() {
    return URI.create("https://localhost:" + javalin.port() + "/");
  }

  /** The subject of a request's client certificate, or {@code none}. */
  static String subject(X509Certificate @org.jspecify.annotations.Nullable [] chain) {
    return chain == null ? "none" : chain[0].getSubjectX500Principal().getName();
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
