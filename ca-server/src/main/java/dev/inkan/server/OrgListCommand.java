package dev.inkan.server;

import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.registration.OrganisationEntry;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists organisations with how far their master users are. */
@Command(
    name = "list",
    description = "Lists organisations and how far their master users are.",
    mixinStandardHelpOptions = true)
final class OrgListCommand implements Runnable {

  // The name comes last: full-width characters would push what follows out of its column.
  private static final String ROW = "%-20s  %-12s  %-24s  %-10s  %-24s  %s%n";

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;
  @Spec private CommandSpec spec;

  OrgListCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    InkanConfig loaded = config.load();
    Host host = new Host(clock, random, loaded.node());
    try (Storage storage = Storage.open(loaded, clock, random)) {
      PrintWriter out = spec.commandLine().getOut();
      Times times =
          new Times(
              DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT)
                  .withZone(loaded.bank().zone()),
              clock.instant());
      out.printf(ROW, "NUMBER", "MASTER", "STATE", "LOGIN ID", "LETTER", "NAME");
      BankDesks.of(storage, loaded, host)
          .organisations()
          .list()
          .forEach(entry -> print(out, entry, times));
    }
  }

  private static void print(PrintWriter out, OrganisationEntry entry, Times times) {
    Optional<OrganisationEntry.Master> master = entry.master();
    Optional<OrganisationEntry.Letter> letter = entry.letter();
    out.printf(
        ROW,
        entry.organisation().number(),
        master.map(it -> it.userId().value()).orElse("-"),
        master.map(times::state).orElse("not registered"),
        letter.map(it -> it.loginId().value()).orElse("-"),
        letter.map(times::state).orElse("-"),
        entry.organisation().name());
  }

  private record Times(DateTimeFormatter format, Instant now) {

    String state(OrganisationEntry.Master master) {
      return lock(master.lock()).orElse(master.initialised() ? "initialised" : "registered");
    }

    String state(OrganisationEntry.Letter letter) {
      if (letter.used()) {
        return "used";
      }
      if (!now.isBefore(letter.until())) {
        return "expired " + format.format(letter.until());
      }
      return lock(letter.lock()).orElse("until " + format.format(letter.until()));
    }

    private Optional<String> lock(Attempts lock) {
      if (lock.blocked()) {
        return Optional.of("blocked");
      }
      return lock.lockedUntil()
          .filter(now::isBefore)
          .map(until -> "locked to " + format.format(until));
    }
  }
}
