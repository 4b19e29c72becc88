package dev.inkan.admin.command.bulk;

import dev.inkan.admin.command.AskedView;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Sheet;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.admin.output.Words;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.Progress;
import java.util.List;
import java.util.Optional;

/** How bulk revocations look. */
final class BulkView {

  private BulkView() {}

  static Listing<BulkRevocation> listing() {
    return new Listing<>(
        List.of(
            Column.number("number", BulkRevocation::number),
            Column.word("state", it -> Optional.of(it.state())),
            Column.maybe("organisation", BulkRevocation::organisation).whereThereIsRoom(),
            Column.word("cause", it -> Optional.of(it.asked().cause())),
            Column.text("asked-by", (BulkRevocation it) -> it.asked().askedBy()).whereThereIsRoom(),
            Column.number("certificates", it -> it.progress().total()),
            Column.number("revoked", it -> it.progress().revoked()),
            Column.number("pending", it -> it.progress().pending()),
            Column.time("made", it -> Optional.of(it.createdAt())),
            Column.text("by", BulkRevocation::createdBy).whereThereIsRoom(),
            Column.maybe("decided-by", BulkRevocation::decidedBy).whereThereIsRoom()),
        "No bulk revocation fits.");
  }

  static int print(Session session, BulkRevocation bulk, OutputOption output) {
    return output.one(session, bulk, listing(), paper -> paper.out().println(sentence(bulk)));
  }

  /** {@code bulk revocation 12: done, 341 revoked}. */
  private static String sentence(BulkRevocation bulk) {
    Progress progress = bulk.progress();
    return "bulk revocation "
        + bulk.number()
        + ": "
        + Words.of(bulk.state())
        + ", "
        + progress.revoked()
        + " revoked"
        + (progress.alreadyRevoked() > 0
            ? ", " + progress.alreadyRevoked() + " were revoked before"
            : "")
        + (progress.pending() > 0 ? ", " + progress.pending() + " pending" : "");
  }

  static void sheet(BulkRevocation bulk, Paper paper) {
    Progress progress = bulk.progress();
    Sheet sheet =
        new Sheet(paper.times())
            .line("bulk revocation", bulk.number())
            .word("state", bulk.state())
            .line("organisation", bulk.organisation());
    AskedView.lines(sheet, bulk.asked());
    sheet
        .line("certificates", progress.total())
        .line("revoked", progress.revoked())
        .line("revoked before", progress.alreadyRevoked())
        .line("pending", progress.pending())
        .line("recorded by", bulk.createdBy())
        .time("recorded", bulk.createdAt())
        .line("decided by", bulk.decidedBy())
        .time("decided", bulk.decidedAt())
        .line("decision", bulk.decisionNote())
        .print(paper);
  }
}
