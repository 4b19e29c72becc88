package dev.inkan.server;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.letter.WelcomeLetter;
import dev.inkan.server.registration.InitialiseOutcome;
import dev.inkan.server.registration.MasterStanding;
import dev.inkan.server.registration.User;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** ログインID・パスワード初期化 (C3). */
@Command(
    name = "initialise",
    description =
        "Initialises an organisation's master user on its paper request: prints a letter with a new"
            + " login ID and a new initial password; the old password stops at once. Revokes"
            + " nothing. Says what it will do, and asks.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage",
      "3:no such organisation",
      "4:not confirmed; nothing changed"
    },
    mixinStandardHelpOptions = true)
final class MasterInitialiseCommand implements Callable<Integer> {

  private final Clock clock;
  private final SecureRandom random;
  private final Confirmation confirmation;

  @Mixin private ConfigOption config;
  @Mixin private OrgOption org;
  @Mixin private LetterOption letters;
  @Spec private CommandSpec spec;

  @Option(names = "--yes", description = "Does it without asking.")
  private boolean yes;

  @Option(names = "--dry-run", description = "Says what it would do, and does nothing.")
  private boolean dryRun;

  MasterInitialiseCommand(Clock clock, SecureRandom random, Confirmation confirmation) {
    this.clock = clock;
    this.random = random;
    this.confirmation = confirmation;
  }

  @Override
  public Integer call() {
    InkanConfig loaded = config.load();
    Host host = new Host(clock, random, loaded.node());
    try (Storage storage = Storage.open(loaded, clock, random)) {
      BankDesks desks = BankDesks.of(storage, loaded, host);
      Optional<MasterStanding> standing = desks.invitations().standing(org.number());
      if (standing.isEmpty()) {
        return org.notFound(spec.commandLine());
      }
      tell(standing.get(), loaded);
      if (dryRun) {
        spec.commandLine().getOut().println("Nothing was changed: this was a dry run.");
        return ExitStatus.DONE;
      }
      return isConfirmed() ? initialise(desks, loaded) : ExitStatus.REFUSED;
    }
  }

  private boolean isConfirmed() {
    if (yes) {
      return true;
    }
    Optional<Boolean> answer = confirmation.ask("Go on? Type yes: ");
    if (answer.isEmpty()) {
      spec.commandLine().getErr().println("error: nobody to ask; repeat with --yes");
    }
    if (!answer.orElse(false)) {
      spec.commandLine().getErr().println("Nothing was changed.");
    }
    return answer.orElse(false);
  }

  private int initialise(BankDesks desks, InkanConfig loaded) {
    try (LetterDelivery delivery = letters.open(loaded, spec.commandLine())) {
      InitialiseOutcome outcome = desks.invitations().initialise(org.number(), desks.actor());
      if (!(outcome instanceof InitialiseOutcome.Initialised done)) {
        return org.notFound(spec.commandLine());
      }
      delivery.deliver(
          done.letter(),
          done.before().master().isPresent()
              ? WelcomeLetter.Occasion.CHANGE
              : WelcomeLetter.Occasion.START);
      report(done, loaded.bank().zone());
      return ExitStatus.DONE;
    }
  }

  /** Before the act: all that will change, and what will not. */
  private void tell(MasterStanding standing, InkanConfig loaded) {
    PrintWriter err = spec.commandLine().getErr();
    Times times = new Times(loaded.bank().zone());
    err.println(
        "This initialises the master user of "
            + standing.organisation().number()
            + " "
            + standing.organisation().name()
            + ":");
    standing
        .invitation()
        .ifPresent(
            it ->
                err.println(
                    "  - the letter of "
                        + times.of(it.createdAt())
                        + ", login ID "
                        + it.loginId()
                        + ", stops counting"));
    err.println("  - a letter with a new login ID and a new initial password is printed");
    standing.master().ifPresent(master -> tell(err, master));
    tell(err, standing.valid(), times);
  }

  private static void tell(PrintWriter err, User master) {
    err.println(
        "  - the password of "
            + master.userId()
            + " ("
            + master.name()
            + ") stops at once, sessions end, applications are cancelled");
    err.println("  - a mail to " + master.mail().masked() + " says so");
  }

  private static void tell(PrintWriter err, List<CertificateRecord> valid, Times times) {
    valid.forEach(
        certificate ->
            err.println(
                "  - certificate "
                    + certificate.serialNumber()
                    + " stays valid until "
                    + times.of(certificate.validity().notAfter())));
    if (!valid.isEmpty()) {
      err.println(
          "    If the PC was lost or replaced, or the person changed, it must be revoked as well.");
    }
  }

  /** After the act: with the certificates as they are now, one issued meanwhile included. */
  private void report(InitialiseOutcome.Initialised done, ZoneId zone) {
    PrintWriter err = spec.commandLine().getErr();
    done.before()
        .master()
        .ifPresent(
            master ->
                err.println(
                    "The password of "
                        + master.userId()
                        + " has stopped; "
                        + done.ended().sessions()
                        + " sessions ended, "
                        + done.ended().applications()
                        + " applications were cancelled."));
    List<CertificateRecord> valid = done.before().valid();
    if (!valid.isEmpty()) {
      err.println("Not revoked:");
      tell(err, valid, new Times(zone));
    }
  }

  private record Times(DateTimeFormatter format) {

    Times(ZoneId zone) {
      this(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(zone));
    }

    String of(Instant at) {
      return format.format(at);
    }
  }
}
