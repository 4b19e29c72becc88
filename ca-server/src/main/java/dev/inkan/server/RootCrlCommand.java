package dev.inkan.server;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.key.Pkcs12IssuerKey;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.store.FileJournal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs the root's CRL anew, with the root's key brought back for the moment. */
@Command(
    name = "root-crl",
    description = {
      "Signs the root's CRL anew. Bring the root's key file back to this machine, stop this"
          + " server, run the command, start the server, and take the key file away again.",
      "The root's CRL lists revoked issuing CAs: usually none. Gateways refuse everybody once it"
          + " has ended; the log warns from half of its life on."
    },
    mixinStandardHelpOptions = true)
final class RootCrlCommand implements Runnable {

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;

  @Option(
      names = "--key-file",
      required = true,
      paramLabel = "FILE",
      description = "The root's key, such as root.p12 of the ceremony.")
  private Path keyFile;

  @Option(
      names = "--passphrase-file",
      required = true,
      paramLabel = "FILE",
      description = "A file with the passphrase that opens it, readable by its owner alone.")
  private Path passphraseFile;

  @Spec private CommandSpec spec;

  RootCrlCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    InkanConfig loaded = config.load();
    Host host = new Host(clock, random, loaded.node());
    CryptoProviders providers = CryptoProviders.fastest(random);
    Authorities authorities = Authorities.open(loaded, host);
    Credential root = root(authorities, providers);
    try (Storage storage = Storage.open(loaded, clock, random);
        FileJournal journal =
            FileJournal.open(loaded.journal().file(), host.node(), authorities.issuer())) {
      CrlNumber number =
          new Crls(loaded, host, storage, journal, providers).signRoots(root, ClockPolicy.BANK);
      spec.commandLine()
          .getOut()
          .println(
              "CRL "
                  + number
                  + " of the root is signed and valid for "
                  + loaded.crl().rootLifetime().toDays()
                  + " days. Every server publishes it as soon as it runs.");
    }
  }

  private Credential root(Authorities authorities, CryptoProviders providers) {
    try (Passphrase passphrase = new SecretFile(passphraseFile).passphrase()) {
      Credential root = new Pkcs12IssuerKey(providers, random).load("root", keyFile, passphrase);
      if (!root.certificate().equals(authorities.root())) {
        throw new InitialisationException(
            keyFile + " is not the key of this installation's root. Nothing was signed.");
      }
      return root;
    }
  }
}
