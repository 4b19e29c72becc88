package dev.inkan.server;

import dev.inkan.core.authority.Host;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.registration.UnlockOutcome;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code master unlock} and {@code master unblock} (B10). */
@Command(
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage",
      "3:no such organisation",
      "4:not locked, or not blocked; nothing changed"
    },
    mixinStandardHelpOptions = true)
final class MasterUnlockCommand implements Callable<Integer> {

  private final Clock clock;
  private final SecureRandom random;
  private final Ending ending;

  @Mixin private ConfigOption config;
  @Mixin private OrgOption org;
  @Spec private CommandSpec spec;

  MasterUnlockCommand(Clock clock, SecureRandom random, Ending ending) {
    this.clock = clock;
    this.random = random;
    this.ending = ending;
  }

  /** What is to end. */
  enum Ending {
    LOCK(
        "unlock",
        "unlocked",
        "locked",
        "Ends the lock of an organisation's master user or letter."),
    BLOCK(
        "unblock",
        "unblocked",
        "blocked",
        "Ends the block (閉塞) of an organisation's master user or letter.");

    private final String verb;
    private final String done;
    private final String state;
    private final String description;

    Ending(String verb, String done, String state, String description) {
      this.verb = verb;
      this.done = done;
      this.state = state;
      this.description = description;
    }

    String verb() {
      return verb;
    }

    String description() {
      return description;
    }
  }

  @Override
  public Integer call() {
    InkanConfig loaded = config.load();
    Host host = new Host(clock, random, loaded.node());
    try (Storage storage = Storage.open(loaded, clock, random)) {
      BankDesks desks = BankDesks.of(storage, loaded, host);
      return report(
          ending == Ending.LOCK
              ? desks.locks().unlock(org.number(), desks.actor())
              : desks.locks().unblock(org.number(), desks.actor()));
    }
  }

  private int report(UnlockOutcome outcome) {
    PrintWriter err = spec.commandLine().getErr();
    if (outcome instanceof UnlockOutcome.Ended ended) {
      PrintWriter out = spec.commandLine().getOut();
      ended
          .user()
          .ifPresent(it -> out.println("user " + it + " " + ending.done + "; a mail says so"));
      ended.letter().ifPresent(it -> out.println("letter " + it + " " + ending.done));
      return ExitStatus.DONE;
    }
    if (outcome instanceof UnlockOutcome.UnknownOrganisation) {
      return org.notFound(spec.commandLine());
    }
    if (outcome instanceof UnlockOutcome.Blocked) {
      err.println("error: the master user is blocked, not locked; nothing changed");
      err.println("try: inkan-server master unblock --org " + org.number());
    } else {
      err.println("error: the master user is not " + ending.state + "; nothing changed");
    }
    return ExitStatus.REFUSED;
  }
}
