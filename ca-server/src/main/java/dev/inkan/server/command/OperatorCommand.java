package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.OperatorFiles;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes an operator's credential without the admin API. */
@Command(
    name = "operator",
    description = {
      "Makes an administrator's credential on this machine: for an installation that has no operator"
          + " yet, or whose administrators cannot come in any more. An operator who is there already"
          + " gets another credential, with the roles as they are.",
      "Everything else about operators is done with inkan-admin. Over an H2 file the server must be"
          + " stopped."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage"},
    mixinStandardHelpOptions = true)
public final class OperatorCommand implements Runnable {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,31}");

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;
  @Spec private CommandSpec spec;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "The operator: 2-32 of a-z 0-9 . - _, a letter first.")
  private String name;

  public OperatorCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    if (!NAME.matcher(name).matches()) {
      throw new ParameterException(
          spec.commandLine(), "--name must have 2-32 of a-z 0-9 . - _, a letter first");
    }
    InkanConfig loaded = config.load();
    new OperatorFiles(loaded, new Host(clock, random, loaded.node())).make(name, ClockPolicy.BANK);
    PrintWriter out = spec.commandLine().getOut();
    out.println("credential  " + OperatorFiles.keyFile(loaded, name));
    out.println("passphrase  " + OperatorFiles.passphraseFile(loaded, name));
    out.println("Move both to the operator's PC, by two ways, and delete them here.");
  }
}
