package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.IssuingCas;
import dev.inkan.server.installation.RolloverSteps;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.store.FileJournal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The way to the next issuing CA, step by step; without an option, where it stands. */
@Command(
    name = "rollover",
    description = {
      "Makes a new issuing CA beside the old one, which goes on signing CRLs and OCSP answers for"
          + " what it issued.",
      "Stop this server for each step and start it again after it. Prepare (with the root's key, or"
          + " by --request and --certificate); copy the key file to every server, start them all;"
          + " have every gateway fetch chain.pem; then --activate and start them all once more.",
      "Without an option: where it stands and what is next. See docs/rollover.md."
    },
    mixinStandardHelpOptions = true)
public final class RolloverCommand implements Runnable {

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;

  @Option(
      names = "--root-key-file",
      paramLabel = "FILE",
      description = "Makes and certifies the new CA with the root's key, brought back for it.")
  private @Nullable Path rootKeyFile;

  @Option(
      names = "--root-passphrase-file",
      paramLabel = "FILE",
      description = "With --root-key-file: a file with its passphrase, for its owner alone.")
  @Nullable
  private Path rootPassphraseFile;

  @Option(
      names = "--certify",
      description =
          "Makes and certifies the new CA with the root's key where the configuration says that it"
              + " lives, as in a token.")
  private boolean certify;

  @Option(
      names = "--request",
      paramLabel = "FILE",
      description =
          "Makes the new CA's key here and writes a request (PKCS#10), to be signed elsewhere: see"
              + " 'root-sign'.")
  private @Nullable Path request;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "Takes in what the root signed, after checking all of it.")
  private @Nullable Path certificate;

  @Option(names = "--activate", description = "Has the new CA issue.")
  private boolean activate;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "With --activate: from when on, such as 2027-04-01T00:00:00+09:00; at once if not said."
              + " Servers that start after it issue by the new CA.")
  @Nullable
  private String from;

  @Option(
      names = "--regardless",
      description = "With --activate: of servers that ran before and are no more.")
  private boolean regardless;

  @Spec private CommandSpec spec;

  public RolloverCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    requireFitting();
    InkanConfig loaded = config.load();
    Host host = new Host(clock, random, loaded.node());
    PrintWriter out = spec.commandLine().getOut();
    try (Storage storage = Storage.open(loaded, clock, random)) {
      IssuingCas cas = new IssuingCas(loaded, host, ClockPolicy.BANK, storage);
      try (FileJournal journal = cas.journal()) {
        run(new RolloverSteps(loaded, host, cas, journal)).forEach(out::println);
      }
    }
  }

  private List<String> run(RolloverSteps steps) {
    if (rootKeyFile != null && rootPassphraseFile != null) {
      return steps.certifyWith(rootKeyFile, rootPassphraseFile);
    }
    if (certify) {
      return steps.certifyWith(Optional.empty(), Optional.empty());
    }
    if (request != null) {
      return steps.request(request);
    }
    if (certificate != null) {
      return steps.takeIn(certificate);
    }
    return activate
        ? steps.activate(from == null ? clock.instant() : time(from), regardless)
        : steps.standing();
  }

  private Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw wrong("--from is a time with its zone, such as 2027-04-01T00:00:00+09:00");
    }
  }

  private void requireFitting() {
    long steps =
        Stream.of(rootKeyFile != null, certify, request != null, certificate != null, activate)
            .filter(it -> it)
            .count();
    if (steps > 1) {
      throw wrong(
          "one step at a time: --root-key-file, --certify, --request, --certificate or --activate");
    }
    if ((rootKeyFile != null) != (rootPassphraseFile != null)) {
      throw wrong("--root-key-file and --root-passphrase-file belong together");
    }
    if (!activate && (from != null || regardless)) {
      throw wrong("--from and --regardless belong to --activate");
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
