package dev.inkan.admin.command.report;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.CertificateView;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.PageOptions;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Certificate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Certificates that end soon and were not renewed. */
@Command(
    name = "expiring",
    description = "Lists certificates that end soon and have no successor, the first to end first.",
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin report expiring",
      "  inkan-admin report expiring --days 60 --org 0012 --output csv"
    },
    mixinStandardHelpOptions = true)
final class ReportExpiringCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private PageOptions pages;
  @Mixin private OutputOption output;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "Within so many days (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(names = "--org", paramLabel = "NUMBER", description = "Only this organisation's.")
  private @Nullable String organisation;

  ReportExpiringCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Resource wanted =
        Resource.of("reports", "expiring")
            .with("days", days)
            .with("organisation", Optional.ofNullable(organisation));
    return output.list(
        session,
        CertificateView.listing("No certificate ends within " + days + " days."),
        pages.of(session, wanted, Certificate.class));
  }
}
