package dev.inkan.admin.command.audit;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.Moment;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.PageOptions;
import dev.inkan.admin.command.SerialArgument;
import dev.inkan.admin.command.SerialLookup;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Column.Cell;
import dev.inkan.admin.output.Column.Place;
import dev.inkan.admin.output.Listing;
import dev.inkan.core.api.AuditLine;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the audit log (D4). */
@Command(
    name = "list",
    description = "Reads the audit log, the newest first: who did what, when.",
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin audit list --serial 7f3a --from 2026-11-01",
      "  inkan-admin audit list --actor kimura --all --output csv"
    },
    mixinStandardHelpOptions = true)
final class AuditListCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private PageOptions pages;
  @Mixin private OutputOption output;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "Only by this operator, user or server.")
  private @Nullable String actor;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Only this, as the column ACTION shows it.")
  private @Nullable String action;

  @Option(
      names = "--serial",
      paramLabel = "SERIAL",
      description = "Only about this certificate, or the one that begins so.")
  private @Nullable SerialArgument serial;

  @Option(names = "--user", paramLabel = "ID", description = "Only about this user.")
  private @Nullable String user;

  @Option(names = "--from", paramLabel = "TIME", description = "Only from then on.")
  private @Nullable Moment from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only before then.")
  private @Nullable Moment to;

  AuditListCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Optional<String> whole =
        Optional.ofNullable(serial)
            .map(it -> new SerialLookup(session.api()).find(it).serialNumber());
    Resource wanted =
        Resource.of("audit")
            .with("actor", Optional.ofNullable(actor))
            .with(
                "action",
                Optional.ofNullable(action)
                    .map(it -> it.toUpperCase(Locale.ROOT).replace('-', '_')))
            .with("serial", whole)
            .with("user", Optional.ofNullable(user))
            .with("from", Optional.ofNullable(from).map(it -> it.in(session)))
            .with("to", Optional.ofNullable(to).map(it -> it.in(session)));
    return output.list(session, listing(), pages.of(session, wanted, AuditLine.class));
  }

  private static Listing<AuditLine> listing() {
    return new Listing<>(
        List.of(
            Column.number("number", AuditLine::number),
            Column.time("at", it -> Optional.of(it.at())),
            Column.text("kind", (AuditLine it) -> it.actorKind()).inCsvAlone(),
            Column.text("actor", AuditLine::actor),
            new Column<>(
                "action",
                it -> Optional.of(it.action()),
                (it, times) ->
                    Optional.of(Cell.of(it.action().toLowerCase(Locale.ROOT).replace('_', '-'))),
                Place.EVERYWHERE),
            Column.maybe("user", AuditLine::userId),
            Column.serial("serial", AuditLine::serialNumber),
            new Column<>(
                "detail",
                it -> Optional.of(it.detail()),
                (it, times) -> Optional.of(Cell.of(it.detail())), // never shortened
                Place.EVERYWHERE)),
        "The audit log holds nothing of that.");
  }
}
