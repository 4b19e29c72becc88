package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.core.key.PassphraseShares;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Initialisation;
import dev.inkan.server.key.SharePlan;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a new installation and prints the ceremony's transcript. */
@Command(
    name = "init",
    description =
        "Makes the root, the issuing CA, the web certificate and the database of a new"
            + " installation, and prints a transcript of the ceremony. Overwrites nothing.",
    mixinStandardHelpOptions = true)
public final class InitCommand implements Runnable {

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;

  @Option(
      names = "--shares",
      paramLabel = "NUMBER",
      defaultValue = "3",
      description =
          "For keys whose passphrase-file is 'shares:': how many keepers get one, 2-9 (default:"
              + " ${DEFAULT-VALUE}).")
  private int shares;

  @Option(
      names = "--threshold",
      paramLabel = "NUMBER",
      defaultValue = "2",
      description = "How many keepers start the server together (default: ${DEFAULT-VALUE}).")
  private int threshold;

  @Spec private CommandSpec spec;

  public InitCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  private Host host(InkanConfig loaded) {
    return new Host(clock, random, loaded.node());
  }

  private SharePlan plan() {
    if (threshold < 2 || threshold > shares || shares > PassphraseShares.MOST) {
      throw new ParameterException(
          spec.commandLine(),
          "--threshold is 2 at least and --shares at most, which is "
              + PassphraseShares.MOST
              + " at most");
    }
    return new SharePlan(shares, threshold);
  }

  @Override
  public void run() {
    Instant begin = clock.instant();
    InkanConfig loaded = config.loadForInit();
    PrintWriter out = spec.commandLine().getOut();
    new Initialisation(loaded, host(loaded), plan()).run().forEach(out::println);
    long millis = Duration.between(begin, clock.instant()).toMillis();
    out.printf("Done in %.1f s.%n", millis / 1000.0);
  }
}
