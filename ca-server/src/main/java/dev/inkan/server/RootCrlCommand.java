package dev.inkan.server;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.key.Credential;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.store.FileJournal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs the root's CRL anew, with the root's key brought back for the moment. */
@Command(
    name = "root-crl",
    description = {
      "Signs the root's CRL anew. Bring the root's key file (or token) back to this machine, stop"
          + " this server, run the command, start the server, and take the key file away again.",
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
      paramLabel = "FILE",
      description =
          "The root's key, such as root.p12 of the ceremony (default: authority.root-key-file).")
  private @Nullable Path keyFile;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "A file with the passphrase that opens it, readable by its owner alone (default:"
              + " authority.root-passphrase-file).")
  private @Nullable Path passphraseFile;

  @Spec private CommandSpec spec;

  RootCrlCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    InkanConfig loaded = config.load();
    Host host = new Host(clock, random, loaded.node());
    try (Storage storage = Storage.open(loaded, clock, random)) {
      IssuingCas cas = new IssuingCas(loaded, host, ClockPolicy.BANK, storage);
      CrlNumber number = sign(loaded, host, storage, cas);
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

  private CrlNumber sign(InkanConfig loaded, Host host, Storage storage, IssuingCas cas) {
    Credential root =
        RootKey.load(
            loaded,
            cas.places().keys(),
            Optional.ofNullable(keyFile),
            Optional.ofNullable(passphraseFile));
    try (FileJournal journal = cas.journal()) {
      return new Crls(loaded, host, storage, journal, cas.places().providers())
          .signRoots(root, ClockPolicy.BANK);
    }
  }
}
