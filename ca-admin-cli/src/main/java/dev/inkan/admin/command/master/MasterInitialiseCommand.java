package dev.inkan.admin.command.master;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.CertificateView;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Consent;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.LetterDelivery;
import dev.inkan.admin.command.LetterOption;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.core.api.Letter;
import dev.inkan.core.api.Master;
import dev.inkan.core.api.MasterInitialisation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** ログインID・パスワード初期化 (C3). */
@Command(
    name = "initialise",
    description = {
      "Initialises an organisation's master user on its paper request: prints a letter with a new login ID and a new initial password; the old password stops at once. Revokes nothing.",
      "Shows what will change, and asks."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin master initialise 0012 --letter 0012.pdf",
      "  inkan-admin master initialise 0012 --dry-run"
    },
    mixinStandardHelpOptions = true)
final class MasterInitialiseCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private Consent consent;
  @Mixin private OutputOption output;

  @Mixin private LetterOption letters;

  @Parameters(paramLabel = "NUMBER", description = "The organisation's number.")
  private String number;

  MasterInitialiseCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Resource act = Resource.of("organisations", number, "master", "initialise");
    MasterInitialisation rehearsed =
        session.api().post(act.with("dryRun", true), MasterInitialisation.class);
    tell(session, rehearsed);
    if (!consent.isGiven(session)) {
      return consent.isDryRun() && !output.isForPeople()
          ? print(session, rehearsed)
          : consent.statusWithout();
    }
    try (LetterDelivery delivery = letters.open(session)) {
      MasterInitialisation done = session.api().post(act, MasterInitialisation.class);
      print(session, done);
      done.letter()
          .ifPresent(
              letter -> {
                if (output.isForPeople()) {
                  delivery.print(letter);
                }
                delivery.write(letter);
              });
      return ExitStatus.DONE;
    }
  }

  /** Before the act: all that will change, and what will not. */
  private static void tell(Session session, MasterInitialisation act) {
    Master master = act.before();
    session.note(
        "This initialises the master user of "
            + master.organisation()
            + " "
            + master.organisationName()
            + ":");
    master
        .letter()
        .ifPresent(
            it -> session.note("  - the letter with login ID " + it.loginId() + " stops counting"));
    session.note("  - a letter with a new login ID and a new initial password is printed");
    master
        .user()
        .ifPresent(
            it -> {
              session.note(
                  "  - the password of %s (%s) stops at once; %d sessions end, %d applications are cancelled"
                      .formatted(
                          it.userId(),
                          it.name(),
                          act.sessionsEnded(),
                          act.applicationsCancelled()));
              session.note("  - a mail to " + it.mail() + " says so");
            });
    master
        .validCertificates()
        .forEach(
            it ->
                session.note(
                    "  - certificate "
                        + CertificateView.described(it, session.times())
                        + ", is not revoked"));
    if (!master.validCertificates().isEmpty()) {
      session.note(
          "    If the PC was lost or replaced, or the person changed, revoke it as well: inkan-admin"
              + " request add");
    }
  }

  private int print(Session session, MasterInitialisation act) {
    if (output.isForPeople()) {
      session.note(
          "The master user of "
              + act.before().organisation()
              + " is initialised; "
              + act.sessionsEnded()
              + " sessions ended, "
              + act.applicationsCancelled()
              + " applications were cancelled.");
      return ExitStatus.DONE;
    }
    return output.one(
        session,
        act,
        new Listing<>(
            List.of(
                Column.text("organisation", it -> it.before().organisation()),
                Column.maybe("login-id", it -> it.letter().map(Letter::loginId)),
                Column.maybe("initial-password", it -> it.letter().map(Letter::initialPassword)),
                Column.time("until", it -> it.letter().map(Letter::until)),
                Column.number("sessions-ended", MasterInitialisation::sessionsEnded),
                Column.number(
                    "applications-cancelled", MasterInitialisation::applicationsCancelled)),
            ""),
        paper -> {});
  }
}
