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

/** Certificates whose file was never fetched (B17). */
@Command(
    name = "undelivered",
    description = {
      "Lists certificates that count although nobody ever fetched the file with their key.",
      "Such a user asks for another: record it with «request add --cause never-imported»."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin report undelivered",
      "  inkan-admin report undelivered --org 0012 --output csv"
    },
    mixinStandardHelpOptions = true)
final class ReportUndeliveredCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private PageOptions pages;
  @Mixin private OutputOption output;

  @Option(names = "--org", paramLabel = "NUMBER", description = "Only this organisation's.")
  private @Nullable String organisation;

  ReportUndeliveredCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Resource wanted =
        Resource.of("reports", "undelivered")
            .with("organisation", Optional.ofNullable(organisation));
    return output.list(
        session,
        CertificateView.listing("Every file was fetched."),
        pages.of(session, wanted, Certificate.class));
  }
}
