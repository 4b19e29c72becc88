package dev.inkan.server;

import dev.inkan.core.authority.Host;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.letter.WelcomeLetter;
import dev.inkan.server.registration.AddOutcome;
import dev.inkan.server.registration.Organisation;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Registers an organisation and prints its master user's letter (C1). */
@Command(
    name = "add",
    description =
        "Registers an organisation and prints the letter (ご利用開始のお知らせ) to its master user, with"
            + " a login ID and an initial password. The letter cannot be printed again.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage", "4:the number is taken"},
    mixinStandardHelpOptions = true)
final class OrgAddCommand implements Callable<Integer> {

  /** What stands where a byte was no character of the terminal's set. */
  private static final char UNREADABLE = '\ufffd';

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;
  @Mixin private LetterOption letters;
  @Spec private CommandSpec spec;

  @Option(
      names = "--number",
      paramLabel = "NUMBER",
      required = true,
      description = "The bank's number of it: 1-20 letters, digits and -.")
  private String number;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "Its name as it will stand in certificates: 1-64 characters.")
  private String name;

  OrgAddCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Integer call() {
    Organisation organisation = organisation();
    InkanConfig loaded = config.load();
    Host host = new Host(clock, random, loaded.node());
    try (Storage storage = Storage.open(loaded, clock, random);
        LetterDelivery delivery = letters.open(loaded, spec.commandLine())) {
      BankDesks desks = BankDesks.of(storage, loaded, host);
      AddOutcome outcome = desks.organisations().add(organisation, desks.actor());
      if (outcome instanceof AddOutcome.Added added) {
        delivery.deliver(added.letter(), WelcomeLetter.Occasion.START);
        return ExitStatus.DONE;
      }
      return refuse(((AddOutcome.NumberTaken) outcome).holder());
    }
  }

  private Organisation organisation() {
    if (name.indexOf(UNREADABLE) >= 0) {
      throw new ParameterException(
          spec.commandLine(),
          "the name did not arrive in one piece: run with LANG=C.UTF-8, in a terminal with UTF-8");
    }
    try {
      return new Organisation(number, name.strip());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private int refuse(Organisation holder) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        "error: number " + holder.number() + " is taken by " + holder.name() + "; nothing changed");
    err.println("for a new letter: inkan-server master initialise --org " + holder.number());
    return ExitStatus.REFUSED;
  }
}
