package dev.inkan.server;

import dev.inkan.core.authority.Host;
import dev.inkan.server.config.InkanConfig;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the server until it is told to stop. */
@Command(
    name = "serve",
    description = "Runs the server until it is told to stop (Ctrl-C or SIGTERM).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Runnable {

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;
  @Spec private CommandSpec spec;

  ServeCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    Instant begin = clock.instant();
    InkanConfig loaded = config.load();
    PrintWriter out = spec.commandLine().getOut();
    Server server = Server.start(loaded, new Host(clock, random, loaded.node()));
    long millis = Duration.between(begin, clock.instant()).toMillis();
    out.printf("Status is answered at http://%s:%d%n", loaded.status().host(), server.statusPort());
    out.printf("Inkan is ready at %s (%.1f s)%n", loaded.web().publicUrl(), millis / 1000.0);
    out.flush();
    ServiceNotice.ready(System.getenv());
    UntilStopped.serve(server::close, out);
  }
}
