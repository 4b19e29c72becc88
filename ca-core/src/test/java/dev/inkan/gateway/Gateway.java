package dev.inkan.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A running gateway: nginx, Apache httpd or HAProxy of this machine, in the foreground, with the
 * shipped configuration in a folder of the test's. Ended by its process alone.
 */
public final class Gateway implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final GatewayKind kind;
  private final GatewaySite site;
  private final Process process;

  private Gateway(GatewayKind kind, GatewaySite site, Process process) {
    this.kind = kind;
    this.site = site;
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param chain the CAs' certificates in PEM
   */
  public static Gateway start(GatewayKind kind, GatewaySite site, String chain) {
    site.prepare(kind);
    try {
      Files.writeString(site.file("chain.pem"), chain);
      if (!kind.asksOcsp()) {
        fetch(site, kind, "none", site.status()).orFail();
      }
      Process process =
          new ProcessBuilder(command(kind, site))
              .redirectErrorStream(true)
              .redirectOutput(site.file("log/gateway.log").toFile())
              .start();
      Gateway gateway = new Gateway(kind, site, process);
      gateway.awaitListening();
      return gateway;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(GatewayKind kind, GatewaySite site) {
    return switch (kind) {
      case NGINX_OCSP, NGINX_CRL -> with(nginx(site), "-g", "daemon off;");
      case APACHE_OCSP, APACHE_CRL -> with(apache(site), "-DFOREGROUND");
      case HAPROXY_CRL ->
          List.of("/usr/sbin/haproxy", "-db", "-f", site.file("haproxy/haproxy.cfg").toString());
    };
  }

  private static List<String> nginx(GatewaySite site) {
    String prefix = site.folder().toString();
    String log = site.file("log/error.log").toString();
    String file = site.file("nginx/nginx.conf").toString();
    return List.of("/usr/sbin/nginx", "-p", prefix, "-e", log, "-c", file);
  }

  private static List<String> apache(GatewaySite site) {
    return List.of("/usr/sbin/apache2", "-d", site.file("apache").toString(), "-f", "httpd.conf");
  }

  private static List<String> with(List<String> line, String... more) {
    List<String> all = new ArrayList<>(line);
    all.addAll(List.of(more));
    return all;
  }

  private void awaitListening() {
    Awaitility.await(kind.title())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> isListening() || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError(kind.title() + " did not start:\n" + log());
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port()), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  public GatewayKind kind() {
    return kind;
  }

  public GatewaySite site() {
    return site;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it wrote, its error log included. */
  public String log() {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("log/gateway.log", "log/error.log")) {
      if (Files.exists(site.file(name))) {
        try {
          all.append(Files.readString(site.file(name)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return all.toString();
  }

  /**
   * Runs the shipped {@code inkan-crl-fetch} for this gateway, as its timer does.
   *
   * @return its exit code and its line
   */
  public Fetched fetchCrls() {
    return fetchCrlsFrom(site.status());
  }

  /** As {@link #fetchCrls}, from another place than the status listener. */
  public Fetched fetchCrlsFrom(String status) {
    Program.Outcome outcome = fetch(site, kind, family(), status);
    return new Fetched(outcome.exit(), outcome.output().strip());
  }

  /** How a fetch ended, and its one line. */
  public record Fetched(int exit, String line) {}

  /** Has the gateway read {@code crls} without any check, as somebody careless would. */
  public void force(String crls) {
    Path file = site.file("crl.pem");
    try {
      Files.writeString(file, crls);
      Files.deleteIfExists(site.file("crl.pem.etag"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (kind == GatewayKind.HAPROXY_CRL) {
      handOver("set ssl crl-file " + file + " <<\n" + crls + "\n");
      handOver("commit ssl crl-file " + file + "\n");
    } else {
      Program.run(List.of("sh", "-c", reload())).orFail();
    }
  }

  private void handOver(String command) {
    String socket = "UNIX-CONNECT:" + site.file("haproxy.sock");
    Program.run(List.of("socat", "-t", "5", "-", socket), command).orFail();
  }

  private static Program.Outcome fetch(
      GatewaySite site, GatewayKind kind, String family, String status) {
    List<String> line =
        new ArrayList<>(
            List.of(
                site.file("crl/inkan-crl-fetch").toString(),
                "--gateway",
                family,
                "--url",
                "http://" + status + "/crl/chain.pem",
                "--chain",
                site.file("chain.pem").toString(),
                "--crl",
                site.file("crl.pem").toString()));
    if (!family.equals("none")) {
      line.addAll(List.of("--check", check(kind, site), "--reload", reload(kind, site)));
    }
    if (family.equals("haproxy")) {
      line.addAll(List.of("--socket", site.file("haproxy.sock").toString()));
    }
    return Program.run(line);
  }

  private String family() {
    return switch (kind) {
      case NGINX_OCSP, NGINX_CRL -> "nginx";
      case APACHE_OCSP, APACHE_CRL -> "apache";
      case HAPROXY_CRL -> "haproxy";
    };
  }

  private static String check(GatewayKind kind, GatewaySite site) {
    return switch (kind) {
      case NGINX_OCSP, NGINX_CRL -> quoted(with(nginx(site), "-t", "-q"));
      case APACHE_OCSP, APACHE_CRL -> quoted(with(apache(site), "-t"));
      case HAPROXY_CRL ->
          "/usr/sbin/haproxy -c -q -f " + quoted(List.of(site.file("haproxy/haproxy.cfg") + ""));
    };
  }

  private String reload() {
    return reload(kind, site);
  }

  private static String reload(GatewayKind kind, GatewaySite site) {
    return switch (kind) {
      case NGINX_OCSP, NGINX_CRL -> quoted(with(nginx(site), "-s", "reload"));
      case APACHE_OCSP, APACHE_CRL -> quoted(with(apache(site), "-k", "graceful"));
      case HAPROXY_CRL -> "false";
    };
  }

  private static String quoted(List<String> words) {
    return String.join(" ", words.stream().map(word -> "'" + word + "'").toList());
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
