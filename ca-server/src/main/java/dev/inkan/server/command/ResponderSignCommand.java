package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.Transcript;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.issue.CertificationRequest;
import dev.inkan.core.issue.LintViolationException;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.authority.ResponderCheck;
import dev.inkan.server.authority.StatusNodeException;
import dev.inkan.server.authority.StatusNodes;
import dev.inkan.server.authority.StatusResponder;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.ClockGuard;
import dev.inkan.server.installation.Storage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Certifies the responder of a server that only tells status, or forgets it. */
@Command(
    name = "responder-sign",
    description = {
      "Certifies the OCSP responder of a server that only tells status, from the request that"
          + " 'responder-request' wrote there. A running server may go on; the new one takes the"
          + " certificate from the database, and servers with the role jobs renew it in time.",
      "Shows the SHA-256 of the public key, and asks before it signs. Without --request and"
          + " --remove: lists what there is. See docs/servers.md."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage", "4:not confirmed; nothing signed"},
    mixinStandardHelpOptions = true)
public final class ResponderSignCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int NOT_CONFIRMED = 4;
  private static final long LARGEST = 65_536;

  private final Clock clock;
  private final SecureRandom random;
  private final Confirmation confirmation;

  @Mixin private ConfigOption config;

  @Option(names = "--request", paramLabel = "FILE", description = "The request.")
  private @Nullable Path request;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description = "With --request: the name of the server that it is from.")
  private @Nullable String node;

  @Option(
      names = "--remove",
      paramLabel = "NAME",
      description = "Renews nothing for this server any more.")
  private @Nullable String remove;

  @Option(names = "--yes", description = "Signs without asking.")
  private boolean yes;

  @Spec private CommandSpec spec;

  public ResponderSignCommand(Clock clock, SecureRandom random, Confirmation confirmation) {
    this.clock = clock;
    this.random = random;
    this.confirmation = confirmation;
  }

  @Override
  public Integer call() {
    if ((request == null) != (node == null) || (request != null && remove != null)) {
      throw new ParameterException(
          spec.commandLine(), "--request and --node belong together, or --remove alone");
    }
    Optional<NodeName> wanted = Optional.ofNullable(node).map(this::nodeName);
    Optional<NodeName> removed = Optional.ofNullable(remove).map(this::nodeName);
    InkanConfig loaded = config.load();
    Host host = new Host(clock, random, loaded.node());
    try (Storage storage = Storage.open(loaded, clock, random)) {
      if (request != null) {
        return certify(loaded, host, storage, wanted.orElseThrow(), request);
      }
      StatusNodes nodes = StatusNodes.withoutKeys(storage.authority(), host);
      return removed.map(it -> remove(nodes, it)).orElseGet(() -> list(nodes));
    }
  }

  private NodeName nodeName(String text) {
    try {
      return new NodeName(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private int certify(InkanConfig loaded, Host host, Storage storage, NodeName wanted, Path file) {
    CertificationRequest asked = read(file);
    Transcript shown = new Transcript(clock.instant(), loaded.node());
    shown.add("");
    shown.add("Request for the OCSP responder of status node " + wanted);
    shown.add("  subject      " + asked.subject());
    shown.addGrouped("public key", StatusResponder.hashOf(asked.publicKey()).hex());
    shown.lines().forEach(spec.commandLine().getErr()::println);
    if (!isConfirmed()) {
      return NOT_CONFIRMED;
    }
    new ClockGuard(storage.transactions(), clock, ClockPolicy.BANK).require();
    StatusNodes nodes = Authorities.open(loaded, host, storage).statusNodes(storage.authority());
    try {
      print(nodes.certify(wanted, asked.publicKey()));
    } catch (LintViolationException | IllegalArgumentException e) {
      throw new StatusNodeException(file + ": " + e.getMessage() + ". Nothing was signed.");
    }
    spec.commandLine()
        .getOut()
        .println("The server takes it from the database by itself, and so it does each next one.");
    return DONE;
  }

  private CertificationRequest read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new StatusNodeException(file + " is larger than any request. Nothing was signed.");
      }
      return CertificationRequest.readResponders(
          Files.readString(file, StandardCharsets.ISO_8859_1),
          CryptoProviders.fastest(random).forVerification());
    } catch (IOException e) {
      throw new StatusNodeException(file + " cannot be read (" + e.getMessage() + ")");
    } catch (IllegalArgumentException e) {
      throw new StatusNodeException(file + ": " + e.getMessage() + ". Nothing was signed.");
    }
  }

  private boolean isConfirmed() {
    return yes
        || confirmation.isGiven(
            "Sign it? Type yes: ", "Nothing was signed.", spec.commandLine().getErr());
  }

  private int remove(StatusNodes nodes, NodeName removed) {
    if (!nodes.remove(removed)) {
      throw new StatusNodeException("there is no status node " + removed);
    }
    spec.commandLine()
        .getOut()
        .println(
            "Nothing is renewed for "
                + removed
                + " any more. What it has counts until its end: stop it, and destroy its key.");
    return DONE;
  }

  private int list(StatusNodes nodes) {
    List<StatusResponder> all = nodes.list();
    print(all);
    if (all.isEmpty()) {
      spec.commandLine().getOut().println("There are no status nodes.");
    }
    return DONE;
  }

  private void print(List<StatusResponder> responders) {
    PrintWriter out = spec.commandLine().getOut();
    for (StatusResponder it : responders) {
      out.printf(
          "%-20s %-12s valid to %s, serial number %s, key SHA-256 %s%n",
          it.node(),
          it.issuer(),
          ResponderCheck.validity(it.certificate()).map(v -> v.notAfter().toString()).orElse("?"),
          it.serialNumber(),
          it.keyHash());
    }
  }
}
