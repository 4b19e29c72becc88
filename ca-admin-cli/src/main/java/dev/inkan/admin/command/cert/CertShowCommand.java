package dev.inkan.admin.command.cert;

import dev.inkan.admin.command.CertificateView;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.SerialArgument;
import dev.inkan.admin.command.SerialLookup;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Certificate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one certificate. */
@Command(
    name = "show",
    description = "Shows all that is known of one certificate.",
    footerHeading = Help.EXAMPLES,
    footer = {"  inkan-admin cert show 7f3a", "  inkan-admin cert show 7F:3A:09 --output json"},
    mixinStandardHelpOptions = true)
final class CertShowCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "SERIAL", description = "Its serial number, or the beginning of it.")
  private SerialArgument serial;

  CertShowCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Certificate certificate = new SerialLookup(session.api()).find(serial);
    return output.one(
        session,
        certificate,
        CertificateView.listing(""),
        paper -> CertificateView.sheet(certificate, paper));
  }
}
