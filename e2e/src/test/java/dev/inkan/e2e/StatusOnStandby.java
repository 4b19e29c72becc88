package dev.inkan.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that tells status alone, over a hot standby, as a user who can only read: set up as the
 * manual says, with a responder's key of its own and no CA's.
 */
final class StatusOnStandby {

  private static final String NAME = "status";
  private static final Path READER = Path.of("../config/postgresql/status-reader.sql");

  private StatusOnStandby() {}

  /**
   * Sets one up; it is not started yet.
   *
   * @param writer the configuration of a server with the CA's keys
   */
  static TwoServers.Node install(
      Path folder, PostgresPair pair, Installation installation, Path writer) {
    try {
      pair.executeWithin(pair.primary(), Files.readString(READER));
      Path home = Files.createDirectories(folder.resolve(NAME));
      Path keys = Files.createDirectories(home.resolve("keys"));
      Files.copy(installation.rootFile(), keys.resolve("root.cer"));
      int status = ServerProcess.freePort();
      Path config = Files.writeString(home.resolve("inkan.yaml"), configuration(pair, status));
      Path request = home.resolve("responder.csr");
      run("responder-request", "--config", config.toString(), "--out", request.toString());
      run(
          "responder-sign",
          "--config",
          writer.toString(),
          "--node",
          NAME,
          "--request",
          request.toString(),
          "--yes");
      return new TwoServers.Node(NAME, config, status, ServerProcess.freePort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String configuration(PostgresPair pair, int status) {
    return """
        node: %s
        roles: status
        web:
          public-url: https://localhost:8443
        status:
          port: %d
          base-url: http://localhost:8080
        management:
          port: 0
        database:
          url: %s
          user: inkan_status
        mail:
          host: localhost
          from: inkan@bank.example
        """
        .formatted(NAME, status, pair.url(pair.standby()));
  }

  private static void run(String... arguments) {
    List<String> command = new ArrayList<>(ServerProcess.java());
    command.addAll(List.of(arguments));
    Command.run(command.toArray(String[]::new)).orFail();
  }
}
