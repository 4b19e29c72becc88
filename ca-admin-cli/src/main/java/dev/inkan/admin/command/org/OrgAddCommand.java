package dev.inkan.admin.command.org;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.LetterDelivery;
import dev.inkan.admin.command.LetterOption;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.command.StoppedException;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.core.api.Letter;
import dev.inkan.core.api.NewOrganisation;
import dev.inkan.core.api.OrganisationAdded;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Registers an organisation and prints its master user's letter (C1). */
@Command(
    name = "add",
    description =
        "Registers an organisation and prints the letter (ご利用開始のお知らせ) to its master user, with a login ID and an initial password. The letter cannot be printed again.",
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin org add --number 0012 --name 千葉県教職員組合 --letter 0012.pdf",
      "  inkan-admin org add --number 0012 --name 千葉県教職員組合 --dry-run"
    },
    mixinStandardHelpOptions = true)
final class OrgAddCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  /** What stands where a byte was no character of the terminal's set. */
  private static final char UNREADABLE = '\ufffd';

  @Mixin private LetterOption letters;

  @Option(
      names = "--number",
      paramLabel = "NUMBER",
      required = true,
      order = 10,
      description = "The bank's number of it: 1-20 letters, digits and -.")
  private String number;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      order = 11,
      description = "Its name as it will stand in certificates: 1-64 characters.")
  private String name;

  @Option(names = "--dry-run", order = 61, description = "Says what it would do, and does nothing.")
  private boolean dryRun;

  OrgAddCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    if (name.indexOf(UNREADABLE) >= 0) {
      throw new StoppedException(
          ExitStatus.USAGE,
          "the name did not arrive in one piece",
          "LANG=C.UTF-8 inkan-admin …, in a terminal with UTF-8");
    }
    Session session = connection.open(desk);
    NewOrganisation wanted = new NewOrganisation(number, name.strip());
    if (dryRun) {
      return print(session, add(session, wanted));
    }
    try (LetterDelivery delivery = letters.open(session)) {
      OrganisationAdded added = add(session, wanted);
      int status = print(session, added);
      added
          .letter()
          .ifPresent(
              letter -> {
                if (output.isForPeople()) {
                  delivery.print(letter);
                }
                delivery.write(letter);
              });
      return status;
    }
  }

  private OrganisationAdded add(Session session, NewOrganisation wanted) {
    return session
        .api()
        .post(
            Resource.of("organisations")
                .with("dryRun", dryRun ? Optional.of(true) : Optional.empty()),
            wanted,
            OrganisationAdded.class);
  }

  private int print(Session session, OrganisationAdded added) {
    if (output.isForPeople()) {
      session.note(
          dryRun
              ? "This would register "
                  + OrganisationView.named(added.organisation())
                  + " and print a letter. Nothing was changed: this was a dry run."
              : OrganisationView.named(added.organisation()) + " is registered.");
      return ExitStatus.DONE;
    }
    return output.one(
        session,
        added,
        new Listing<>(
            List.of(
                Column.text("number", it -> it.organisation().number()),
                Column.text("name", it -> it.organisation().name()),
                Column.maybe("login-id", it -> it.letter().map(Letter::loginId)),
                Column.maybe("initial-password", it -> it.letter().map(Letter::initialPassword)),
                Column.time("until", it -> it.letter().map(Letter::until))),
            ""),
        paper -> {});
  }
}
