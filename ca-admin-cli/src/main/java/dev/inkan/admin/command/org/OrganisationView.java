package dev.inkan.admin.command.org;

import dev.inkan.admin.command.LetterView;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Sheet;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.admin.output.Words;
import dev.inkan.core.api.LetterStatus;
import dev.inkan.core.api.Organisation;
import dev.inkan.core.api.OrganisationMaster;
import java.util.List;
import java.util.Optional;

/** How organisations look. */
final class OrganisationView {

  private OrganisationView() {}

  static Listing<Organisation> listing() {
    return new Listing<>(
        List.of(
            Column.text("number", Organisation::number),
            Column.text("name", Organisation::name),
            Column.word("state", it -> Optional.of(it.state())),
            Column.maybe("master", it -> it.master().map(OrganisationMaster::userId)),
            Column.word("master-state", it -> it.master().map(OrganisationMaster::state)),
            Column.word("letter", it -> it.letter().map(LetterStatus::state)),
            Column.maybe("login-id", (Organisation it) -> it.letter().map(LetterStatus::loginId))
                .inCsvAlone(),
            Column.number("users", Organisation::users).whereThereIsRoom(),
            Column.number("certificates", Organisation::validCertificates)),
        "No organisation fits.");
  }

  static void sheet(Organisation organisation, Paper paper) {
    Sheet sheet =
        new Sheet(paper.times())
            .line("number", organisation.number())
            .line("name", organisation.name())
            .word("state", organisation.state())
            .time("since", organisation.stateSince());
    organisation
        .master()
        .ifPresent(it -> sheet.line("master", it.userId() + " (" + Words.of(it.state()) + ")"));
    organisation.letter().ifPresent(it -> LetterView.line(sheet, it, paper.times()));
    sheet
        .line("users", organisation.users())
        .line("valid certificates", organisation.validCertificates())
        .print(paper);
  }

  /** {@code 0012 千葉県教職員組合}. */
  static String named(Organisation organisation) {
    return organisation.number() + " " + organisation.name();
  }
}
