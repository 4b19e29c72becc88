package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.assembly.Ports;
import dev.inkan.server.assembly.Server;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.Roles;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the server until it is told to stop. */
@Command(
    name = "serve",
    description = "Runs the server until it is told to stop (Ctrl-C or SIGTERM).",
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Runnable {

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;

  @Option(
      names = "--roles",
      paramLabel = "ROLE[,ROLE...]",
      converter = RolesConverter.class,
      description = {
        "What this server does: web, status, admin, jobs; by default what the configuration says,"
            + " which is all of it by default. See docs/servers.md."
      })
  private @Nullable Roles roles;

  @Spec private CommandSpec spec;

  public ServeCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    Instant begin = clock.instant();
    InkanConfig loaded = config.load(Optional.ofNullable(roles));
    PrintWriter out = spec.commandLine().getOut();
    Server server =
        Server.start(
            loaded,
            Optional.of(config.file()),
            new Host(clock, random, loaded.node()),
            ClockPolicy.BANK);
    long millis = Duration.between(begin, clock.instant()).toMillis();
    Ports ports = server.ports();
    String status = "http://" + loaded.status().host() + ":" + ports.status().orElse(0);
    if (ports.status().isPresent()) {
      out.printf("Status is answered at %s%n", status);
    }
    out.printf(
        "Inkan is ready at %s (%.1f s): %s%n",
        address(loaded, ports, status), millis / 1000.0, String.join(", ", loaded.roles().words()));
    out.flush();
    ServiceNotice.ready(System.getenv());
    UntilStopped.serve(server::close, out);
  }

  /** Where whoever needs this server finds it. */
  private static String address(InkanConfig config, Ports ports, String status) {
    if (ports.web().isPresent()) {
      return config.web().publicUrl().toString();
    }
    if (ports.admin().isPresent()) {
      return "https://" + config.admin().host() + ":" + ports.admin().getAsInt();
    }
    return ports.status().isPresent()
        ? status
        : "http://" + config.management().host() + ":" + ports.management();
  }
}
