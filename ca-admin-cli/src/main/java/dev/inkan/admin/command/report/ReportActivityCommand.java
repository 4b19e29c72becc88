package dev.inkan.admin.command.report;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.Moment;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Column.Cell;
import dev.inkan.admin.output.Column.Place;
import dev.inkan.admin.output.Listing;
import dev.inkan.core.api.ActivityCount;
import dev.inkan.core.api.ActivityReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How much happened. */
@Command(
    name = "activity",
    description = "Counts what happened, by kind: issues, log-ins, refusals, acts of operators.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin report activity --from 2026-10-01 --to 2026-11-01",
    mixinStandardHelpOptions = true)
final class ReportActivityCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "From then on (otherwise the last 30 days).")
  private @Nullable Moment from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before then (otherwise until now).")
  private @Nullable Moment to;

  ReportActivityCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Resource wanted =
        Resource.of("reports", "activity")
            .with("from", Optional.ofNullable(from).map(it -> it.in(session)))
            .with("to", Optional.ofNullable(to).map(it -> it.in(session)));
    ActivityReport report = session.api().get(wanted, ActivityReport.class);
    if (output.isForPeople()) {
      session.note(
          "From "
              + session.times().minute(report.from())
              + " to "
              + session.times().minute(report.to())
              + ":");
    }
    return output.list(
        session,
        new Listing<>(
            List.of(
                new Column<>(
                    "action",
                    it -> Optional.of(it.action()),
                    (it, times) ->
                        Optional.of(
                            Cell.of(it.action().toLowerCase(Locale.ROOT).replace('_', '-'))),
                    Place.EVERYWHERE),
                Column.text("by", it -> it.actorKind().toLowerCase(Locale.ROOT)),
                Column.number("count", ActivityCount::count)),
            "Nothing happened."),
        List.of(report.counts()));
  }
}
