package dev.inkan.admin.command.request;

import dev.inkan.admin.command.AskedView;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Serials;
import dev.inkan.admin.output.Sheet;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.admin.output.Words;
import dev.inkan.core.api.RevocationRequest;
import java.util.List;
import java.util.Optional;

/** How requests look. */
final class RequestView {

  private RequestView() {}

  static Listing<RevocationRequest> listing() {
    return new Listing<>(
        List.of(
            Column.number("number", RevocationRequest::number),
            Column.word("state", it -> Optional.of(it.state())),
            Column.text("user", RevocationRequest::userId),
            Column.text("organisation", RevocationRequest::organisation).whereThereIsRoom(),
            Column.word("cause", it -> Optional.of(it.asked().cause())),
            Column.text("asked-by", it -> it.asked().askedBy()),
            Column.word("channel", (RevocationRequest it) -> Optional.of(it.asked().channel()))
                .whereThereIsRoom(),
            Column.time("lost-at", (RevocationRequest it) -> it.asked().lostAt()).inCsvAlone(),
            Column.maybe("note", (RevocationRequest it) -> it.asked().note()).inCsvAlone(),
            Column.text("held", (RevocationRequest it) -> it.held() ? "yes" : "no"),
            Column.time("made", it -> Optional.of(it.createdAt())),
            Column.text("by", RevocationRequest::createdBy).whereThereIsRoom(),
            Column.maybe("decided-by", RevocationRequest::decidedBy).whereThereIsRoom(),
            Column.time("decided", RevocationRequest::decidedAt).inCsvAlone()),
        "No request fits.");
  }

  static int print(Session session, RevocationRequest request, OutputOption output) {
    return output.one(session, request, listing(), paper -> sheet(request, paper));
  }

  static void sheet(RevocationRequest request, Paper paper) {
    Sheet sheet = new Sheet(paper.times());
    if (request.number() > 0) {
      sheet.line("request", request.number());
    }
    sheet
        .word("state", request.state())
        .line("user", request.userId())
        .line("organisation", request.organisation());
    AskedView.lines(sheet, request.asked());
    if (request.held()) {
      sheet.line("on hold", "yes, since it was recorded");
    }
    sheet
        .line("recorded by", request.createdBy())
        .time("recorded", request.createdAt())
        .line("decided by", request.decidedBy())
        .time("decided", request.decidedAt())
        .line("decision", request.decisionNote());
    request
        .certificates()
        .forEach(
            it ->
                sheet.line(
                    "certificate",
                    Serials.brief(it.serialNumber())
                        + " "
                        + Words.of(it.state())
                        + it.at().map(at -> ", " + paper.times().minute(at)).orElse("")));
    sheet.print(paper);
  }
}
