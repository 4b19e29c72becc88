package dev.inkan.admin.command.user;

import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Column.Cell;
import dev.inkan.admin.output.Column.Place;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Sheet;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.core.api.User;
import java.util.List;
import java.util.Optional;

/** How users look. */
final class UserView {

  private UserView() {}

  static Listing<User> listing() {
    return new Listing<>(
        List.of(
            Column.text("user", User::userId),
            Column.text("name", User::name),
            Column.word("role", it -> Optional.of(it.role())),
            new Column<>(
                "organisation",
                it -> Optional.of(it.organisation()),
                (it, times) -> Optional.of(Cell.words(it.organisationName())),
                Place.EVERYWHERE),
            Column.text("organisation-name", User::organisationName).inCsvAlone(),
            Column.word("state", it -> Optional.of(it.state())),
            Column.text("mail", User::mail),
            Column.number("certificates", User::validCertificates),
            Column.time("locked-until", User::lockedUntil).inCsvAlone(),
            Column.time("initial-password-until", User::initialPasswordUntil).inCsvAlone(),
            Column.time("removed", User::removedAt).inCsvAlone()),
        "No user fits.");
  }

  static int print(Session session, User user, OutputOption output) {
    return output.one(session, user, listing(), paper -> sheet(user, paper));
  }

  static void sheet(User user, Paper paper) {
    new Sheet(paper.times())
        .line("user", user.userId())
        .line("name", user.name())
        .word("role", user.role())
        .line("organisation", user.organisation() + " " + user.organisationName())
        .line("mail", user.mail())
        .word("state", user.state())
        .time("locked until", user.lockedUntil())
        .time("initial password until", user.initialPasswordUntil())
        .time("removed", user.removedAt())
        .line("valid certificates", user.validCertificates())
        .print(paper);
  }
}
