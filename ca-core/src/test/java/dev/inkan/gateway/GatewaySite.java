package dev.inkan.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shipped configuration of a gateway, copied into a folder of its own with what is marked
 * CHANGE changed, and nothing else.
 *
 * @param folder stands for {@code /etc/inkan-gateway}; made if missing
 * @param port where the gateway listens, on the loopback address
 * @param inkan {@code HOST:PORT} of Inkan's web listener, or {@code https://HOST:PORT} for nginx to
 *     speak TLS to it
 * @param application {@code HOST:PORT} of the application to be protected
 * @param status {@code HOST:PORT} of Inkan's status listener
 */
public record GatewaySite(Path folder, int port, String inkan, String application, String status) {

  /** The name under which Inkan itself is reached. */
  public static final String INKAN = "localhost";

  /** The name under which the application is reached. */
  public static final String APPLICATION = "app.localhost";

  private static final Path SHIPPED = Path.of("../config/gateway");

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Copies the configuration, and makes the key that the gateway shows. */
  void prepare(GatewayKind kind) {
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      Files.createDirectories(folder.resolve("log"));
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy(file, folder.resolve(SHIPPED.relativize(file).toString()), kind);
      }
      makeKey();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copy(Path from, Path to, GatewayKind kind) throws IOException {
    Files.createDirectories(to.getParent());
    String text = Files.readString(from);
    if (!from.startsWith(SHIPPED.resolve("crl"))) {
      for (Map.Entry<String, String> change : changes(kind).entrySet()) {
        text = text.replace(change.getKey(), change.getValue());
      }
    }
    Files.writeString(to, text);
    if (Files.isExecutable(from) && !to.toFile().setExecutable(true)) {
      throw new IOException(to + " cannot be made executable");
    }
  }

  private Map<String, String> changes(GatewayKind kind) {
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("/run/inkan-gateway-apache.pid", file("apache.pid").toString());
    changes.put("/run/inkan-gateway", folder.toString());
    changes.put("/run/nginx.pid", file("nginx.pid").toString());
    changes.put("/var/log/nginx", file("log").toString());
    changes.put("/var/log/apache2", file("log").toString());
    changes.put("/etc/inkan-gateway", folder.toString());
    changes.put("http {\n", "http {\n" + temporaryFiles());
    changes.put(
        "proxy_pass http://127.0.0.1:8443;",
        inkan.startsWith("https:")
            ? "include " + file("nginx/inkan-tls.conf") + ";\nproxy_pass " + inkan + ";"
            : "proxy_pass http://" + inkan + ";");
    changes.put("127.0.0.1:8443", inkan);
    changes.put("127.0.0.1:8090", application);
    changes.put("127.0.0.1:8080", status);
    changes.put("inkan.example.jp", INKAN);
    changes.put("app.example.jp", APPLICATION);
    changes.put("listen 443", "listen 127.0.0.1:" + port);
    changes.put("inkan_port 443", "inkan_port " + port);
    changes.put("Listen 443", "Listen 127.0.0.1:" + port);
    changes.put("bind :443", "bind 127.0.0.1:" + port);
    if (!kind.asksOcsp()) {
      changes.put(
          "nclude " + file("nginx/check-ocsp.conf"), "nclude " + file("nginx/check-crl.conf"));
      changes.put(
          "nclude " + file("apache/check-ocsp.conf"), "nclude " + file("apache/check-crl.conf"));
    }
    accounts(changes);
    return changes;
  }

  /** Debian's nginx would put them where only root may write. */
  private String temporaryFiles() {
    return Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        .map(kind -> kind + "_temp_path " + file(kind) + ";\n")
        .collect(Collectors.joining());
  }

  /** A test's folder is its own: the accounts of the packages could not look into it. */
  private static void accounts(Map<String, String> changes) {
    String user = System.getProperty("user.name");
    if (user.equals("root")) {
      changes.put("user www-data;", "user root;");
      changes.put("user haproxy ", "user root ");
      changes.put("group haproxy", "group root");
    } else {
      changes.put("user www-data;", "");
      changes.put("User www-data", "");
      changes.put("Group www-data", "");
      changes.put("user haproxy ", "# ");
      changes.put("group haproxy", "");
    }
  }

  private void makeKey() throws IOException {
    Path key = file("server.key");
    Path certificate = file("server.crt");
    Program.run(
            List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + INKAN,
                "-addext",
                "subjectAltName=DNS:" + INKAN + ",DNS:" + APPLICATION,
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()))
        .orFail();
    Files.writeString(file("server.pem"), Files.readString(certificate) + Files.readString(key));
  }
}
