package dev.inkan.admin.command.master;

import dev.inkan.admin.command.CertificateView;
import dev.inkan.admin.command.LetterView;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Sheet;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.core.api.LetterStatus;
import dev.inkan.core.api.Master;
import dev.inkan.core.api.User;
import java.util.List;

/** How master users look. */
final class MasterView {

  private MasterView() {}

  static Listing<Master> listing() {
    return new Listing<>(
        List.of(
            Column.text("organisation", Master::organisation),
            Column.text("organisation-name", Master::organisationName),
            Column.maybe("user", it -> it.user().map(User::userId)),
            Column.maybe("name", it -> it.user().map(User::name)),
            Column.maybe("mail", it -> it.user().map(User::mail)),
            Column.word("state", it -> it.user().map(User::state)),
            Column.maybe("login-id", it -> it.letter().map(LetterStatus::loginId)),
            Column.word("letter", it -> it.letter().map(LetterStatus::state)),
            Column.time("letter-until", it -> it.letter().map(LetterStatus::until)),
            Column.number("valid-certificates", it -> it.validCertificates().size())),
        "");
  }

  static void sheet(Master master, Paper paper) {
    Sheet sheet =
        new Sheet(paper.times())
            .line("organisation", master.organisation() + " " + master.organisationName());
    master.user().ifPresentOrElse(it -> user(sheet, it), () -> sheet.line("user", "none yet"));
    master.letter().ifPresent(it -> LetterView.line(sheet, it, paper.times()));
    master
        .validCertificates()
        .forEach(it -> sheet.line("certificate", CertificateView.described(it, paper.times())));
    sheet.print(paper);
  }

  private static void user(Sheet sheet, User user) {
    sheet
        .line("user", user.userId() + " (" + user.name() + ")")
        .line("mail", user.mail())
        .word("state", user.state())
        .time("locked until", user.lockedUntil());
  }
}
