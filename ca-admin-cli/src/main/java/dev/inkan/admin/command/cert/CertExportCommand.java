package dev.inkan.admin.command.cert;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.NewFile;
import dev.inkan.admin.command.SerialArgument;
import dev.inkan.admin.command.SerialLookup;
import dev.inkan.admin.command.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes out a certificate in PEM. */
@Command(
    name = "export",
    description = "Prints a certificate in PEM, as openssl and others read it.",
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin cert export 7f3a | openssl x509 -noout -text",
      "  inkan-admin cert export 7f3a --file yamada01.pem"
    },
    mixinStandardHelpOptions = true)
final class CertExportCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;

  @Parameters(paramLabel = "SERIAL", description = "Its serial number, or the beginning of it.")
  private SerialArgument serial;

  @Option(names = "--file", paramLabel = "FILE", description = "Into a new file instead.")
  private @Nullable Path file;

  CertExportCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    String whole = new SerialLookup(session.api()).find(serial).serialNumber();
    String pem = session.api().text(Resource.of("certificates", whole, "certificate.pem"));
    if (file == null) {
      session.terminal().out().print(pem);
      session.terminal().out().flush();
      return ExitStatus.DONE;
    }
    try (NewFile written = NewFile.reserve(file)) {
      written.write(pem.getBytes(StandardCharsets.US_ASCII));
    }
    session.note(file + " holds the certificate.");
    return ExitStatus.DONE;
  }
}
