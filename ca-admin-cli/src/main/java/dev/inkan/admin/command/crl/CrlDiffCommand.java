package dev.inkan.admin.command.crl;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.core.api.CrlDifference;
import dev.inkan.core.api.CrlEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares the published CRL with the ledger. */
@Command(
    name = "diff",
    description =
        "Compares the published CRL with the ledger: what it does not say yet, and what it says no more rightly.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin crl diff",
    mixinStandardHelpOptions = true)
final class CrlDiffCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  /** A difference in a row. */
  record Line(String side, CrlEntry entry) {}

  CrlDiffCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    CrlDifference difference =
        session.api().get(Resource.of("crls", "difference"), CrlDifference.class);
    List<Line> lines =
        Stream.concat(
                difference.missing().stream().map(it -> new Line("missing", it)),
                difference.surplus().stream().map(it -> new Line("surplus", it)))
            .toList();
    return output.list(
        session,
        new Listing<>(
            List.of(
                Column.text("difference", Line::side),
                Column.serial("serial", it -> Optional.of(it.entry().serialNumber())),
                Column.time("revoked", it -> Optional.of(it.entry().revokedAt())),
                Column.word("reason", it -> it.entry().reason()),
                Column.time("lost-at", it -> it.entry().invalidityDate())),
            "CRL " + difference.number() + " says what the ledger says."),
        List.of(lines));
  }
}
