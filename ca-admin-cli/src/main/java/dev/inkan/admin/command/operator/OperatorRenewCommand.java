package dev.inkan.admin.command.operator;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.IssuedCredential;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives an operator a new credential. */
@Command(
    name = "renew",
    description = {
      "Gives an operator a new key and certificate: without a name yourself, with one (administrators) somebody else.",
      "The old one counts until the new one is used for the first time."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin operator renew --file kimura-2027.p12",
      "  inkan-admin operator renew ono --file ono-2027.p12"
    },
    mixinStandardHelpOptions = true)
final class OperatorRenewCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The operator (otherwise yourself).")
  private @Nullable String name;

  @Option(
      names = "--file",
      paramLabel = "FILE.p12",
      required = true,
      order = 12,
      description = "Where the credential goes: a new file.")
  private Path file;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      order = 13,
      description = "Where its passphrase goes (otherwise it is shown).")
  private @Nullable Path passphraseFile;

  OperatorRenewCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    String operator = name == null ? session.api().self().name() : name;
    try (CredentialDelivery delivery = CredentialDelivery.reserve(session, file, passphraseFile)) {
      IssuedCredential issued =
          session.api().post(Resource.of("operators", operator, "renew"), IssuedCredential.class);
      return delivery.deliver(issued, output);
    }
  }
}
