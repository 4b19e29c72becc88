package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.key.Credential;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.assembly.Foundation;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Crls;
import dev.inkan.server.installation.IssuingCas;
import dev.inkan.server.installation.RootKey;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.store.FileJournal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Signs the root's CRL anew, with the root's key brought back for the moment. */
@Command(
    name = "root-crl",
    description = {
      "Signs the root's CRL anew. Bring the root's key file (or token) back to this machine, stop"
          + " this server, run the command, start the server, and take the key file away again.",
      "The root's CRL lists revoked issuing CAs: usually none. Gateways refuse everybody once it"
          + " has ended; the log warns from half of its life on.",
      "With --revoke it revokes an issuing CA whose key is lost or stolen, after showing it and"
          + " asking."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage", "4:not confirmed; nothing signed"},
    mixinStandardHelpOptions = true)
public final class RootCrlCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int NOT_CONFIRMED = 4;

  private final Clock clock;
  private final SecureRandom random;
  private final Confirmation confirmation;

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

  @Option(
      names = "--revoke",
      paramLabel = "CA",
      description = "An issuing CA to revoke for good, such as issuing or issuing-2.")
  private @Nullable String revoke;

  @Option(names = "--yes", description = "With --revoke: revokes without asking.")
  private boolean yes;

  @Spec private CommandSpec spec;

  public RootCrlCommand(Clock clock, SecureRandom random, Confirmation confirmation) {
    this.clock = clock;
    this.random = random;
    this.confirmation = confirmation;
  }

  @Override
  public Integer call() {
    Optional<CaName> revoked = Optional.ofNullable(revoke).map(this::caName);
    InkanConfig loaded = config.load();
    Host host = new Host(clock, random, loaded.node());
    try (Storage storage = Storage.open(loaded, clock, random)) {
      IssuingCas cas = new IssuingCas(loaded, host, ClockPolicy.BANK, storage);
      Credential root =
          RootKey.load(
              loaded,
              cas.places().keys(),
              Optional.ofNullable(keyFile),
              Optional.ofNullable(passphraseFile));
      try (FileJournal journal = cas.journal()) {
        Generations all = cas.rollover(journal).look();
        // A database that was restored may have forgotten a revoked CA; the CRL must not.
        Foundation.reconcile(storage, journal, host);
        RootRevocation revocation = new RootRevocation(storage.transactions(), journal, host, all);
        if (revoked.isPresent() && !isDone(revocation, revoked.get())) {
          return NOT_CONFIRMED;
        }
        CrlNumber number =
            new Crls(loaded, host, storage, journal, cas.places().providers())
                .signRoots(root, ClockPolicy.BANK);
        tell(number, loaded.crl().rootLifetime());
      }
    }
    return DONE;
  }

  private CaName caName(String text) {
    try {
      return new CaName(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private boolean isDone(RootRevocation revocation, CaName ca) {
    PrintWriter err = spec.commandLine().getErr();
    revocation.describe(ca).forEach(err::println);
    if (!yes
        && !confirmation.isGiven("Revoke it? Type yes: ", "Nothing was revoked or signed.", err)) {
      return false;
    }
    spec.commandLine().getOut().println(revocation.revoke(ca));
    return true;
  }

  private void tell(CrlNumber number, Duration lifetime) {
    spec.commandLine()
        .getOut()
        .println(
            "CRL "
                + number
                + " of the root is signed and valid for "
                + lifetime.toDays()
                + " days. Every server publishes it as soon as it runs.");
  }
}
