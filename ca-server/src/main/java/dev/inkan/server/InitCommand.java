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

/** Makes a new installation and prints the ceremony's transcript. */
@Command(
    name = "init",
    description =
        "Makes the root, the issuing CA, the web certificate and the database of a new"
            + " installation, and prints a transcript of the ceremony. Overwrites nothing.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Runnable {

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;
  @Spec private CommandSpec spec;

  InitCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    Instant begin = clock.instant();
    InkanConfig loaded = config.loadForInit();
    PrintWriter out = spec.commandLine().getOut();
    new Initialisation(loaded, new Host(clock, random, loaded.node())).run().forEach(out::println);
    long millis = Duration.between(begin, clock.instant()).toMillis();
    out.printf("Done in %.1f s.%n", millis / 1000.0);
  }
}
