package dev.inkan.admin.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells in words why there was no answer. */
final class Unreachable {

  private Unreachable() {}

  static UnreachableException because(IOException e, URI server, Duration timeout) {
    if (has(e, SocketTimeoutException.class)) {
      return new UnreachableException(
          server + " did not answer within " + timeout.toSeconds() + " s",
          List.of(
              "look whether it was done before you repeat it (list, show)",
              "--timeout SECONDS waits longer"),
          e);
    }
    if (has(e, UnknownHostException.class)) {
      return new UnreachableException(
          "no host is called " + server.getHost(), List.of("check --server"), e);
    }
    if (has(e, ConnectException.class)) {
      return new UnreachableException(
          "nothing answers at " + server,
          List.of("check --server, and that the server runs with the role admin"),
          e);
    }
    return has(e, SSLException.class) || has(e, CertificateException.class)
        ? tls(e, server)
        : new UnreachableException(
            "the connection to " + server + " broke off",
            List.of("look whether it was done before you repeat it (list, show)"),
            e);
  }

  private static UnreachableException tls(IOException e, URI server) {
    if (has(e, CertificateExpiredException.class)) {
      return new UnreachableException(
          "the certificate of " + server + " has expired",
          List.of("check this machine's clock; else the server's certificate must be renewed"),
          e);
    }
    if (has(e, CertPathBuilderException.class) || has(e, CertPathValidatorException.class)) {
      return new UnreachableException(
          "the certificate of " + server + " does not come from the root that is trusted",
          List.of(
              "check --server; give that CA's root with --trust ROOT.pem; if both are right,"
                  + " somebody may be between you and the server: tell the security desk"),
          e);
    }
    if (has(e, CertificateException.class)) {
      return new UnreachableException(
          "the certificate of " + server + " is not for " + server.getHost(),
          List.of("name the server in --server as its certificate does"),
          e);
    }
    return new UnreachableException(
        alert(e)
            .map(alert -> server + " does not take the credential (" + alert + ")")
            .orElse("TLS with " + server + " came to nothing: " + e.getMessage()),
        List.of("give --credential the .p12 that this CA's administrator made for you"),
        e);
  }

  /** The server's own word in the TLS handshake. */
  private static Optional<String> alert(Throwable e) {
    return causes(e)
        .map(Throwable::getMessage)
        .flatMap(Stream::ofNullable)
        .filter(message -> message.startsWith("Received fatal alert: "))
        .map(message -> message.substring(message.indexOf(':') + 2).toLowerCase(Locale.ROOT))
        .findFirst();
  }

  private static boolean has(Throwable e, Class<? extends Throwable> type) {
    return causes(e).anyMatch(type::isInstance);
  }

  private static Stream<Throwable> causes(@Nullable Throwable e) {
    return Stream.iterate(e, it -> it != null, Throwable::getCause).limit(10);
  }
}
