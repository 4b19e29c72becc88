package dev.inkan.server.installation;

import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.Transcript;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.key.Credential;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.authority.Rollover;
import dev.inkan.server.authority.RolloverException;
import dev.inkan.server.authority.Standing;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.key.KeyFolder;
import dev.inkan.server.store.FileJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of a rollover with the files that people carry, and what they are told. */
public final class RolloverSteps {

  private static final String CERTIFICATE = "CERTIFICATE";

  private final InkanConfig config;
  private final Host host;
  private final IssuingCas cas;
  private final Rollover rollover;

  /**
   * @param journal of this node, whose server does not run
   */
  public RolloverSteps(InkanConfig config, Host host, IssuingCas cas, FileJournal journal) {
    this.config = config;
    this.host = host;
    this.cas = cas;
    this.rollover = cas.rollover(journal);
  }

  /** How things stand, and what is next. */
  public List<String> standing() {
    Generations all = rollover.look();
    Instant now = host.clock().instant();
    Generation active = all.active(now);
    List<String> lines = new ArrayList<>();
    for (Generation ca : all.all()) {
      lines.add("%-12s %s".formatted(ca.name(), standing(ca, all.standing(ca, now))));
    }
    lines.add("");
    lines.add("Next: " + next(all, active));
    return lines;
  }

  private static String standing(Generation ca, Standing standing) {
    return switch (standing) {
      case ISSUING -> "issues";
      case AWAITED -> "its key is made, its certificate awaited";
      case PREPARED ->
          "certified " + ca.certified().map(Instant::toString).orElse("") + ", does not issue";
      case RETIRED ->
          "signs nothing any more since " + ca.retired().map(Instant::toString).orElse("");
      case SCHEDULED -> "issues from " + ca.issuesFrom().map(Instant::toString).orElse("") + " on";
      case FORMER -> "signs CRLs and OCSP answers for what it issued";
    };
  }

  private static String next(Generations all, Generation active) {
    Optional<Generation> underWay = all.underWay();
    if (underWay.filter(Generation::isAwaited).isPresent()) {
      return "take the request to the root ('root-sign'), then 'rollover --certificate'.";
    }
    if (underWay.isPresent()) {
      return "copy its key file to every server and start them all, have every gateway fetch"
          + " chain.pem, then 'rollover --activate'.";
    }
    return all.all().get(all.all().size() - 1).equals(active)
        ? "nothing; 'rollover' with a step makes the CA after it."
        : "start every server once the time has come.";
  }

  /** All of it, with the root's key at hand. */
  public List<String> certifyWith(Path rootKeyFile, Path rootPassphraseFile) {
    return certifyWith(Optional.of(rootKeyFile), Optional.of(rootPassphraseFile));
  }

  /**
   * The same.
   *
   * @param rootKeyFile where the root's key lies, if not where the configuration says
   * @param rootPassphraseFile what opens it, if not what the configuration says
   */
  public List<String> certifyWith(Optional<Path> rootKeyFile, Optional<Path> rootPassphraseFile) {
    Credential root = RootKey.load(config, cas.places().keys(), rootKeyFile, rootPassphraseFile);
    Der certificate = rollover.certify(root);
    List<String> lines = transcript(certificate);
    lines.add("Then take the root's key away from this machine again.");
    return lines;
  }

  /** Makes the key, or finds the one that waits, and writes the request. */
  public List<String> request(Path file) {
    if (Files.exists(file)) {
      throw new RolloverException(file + " is there already; nothing of it was changed.");
    }
    Rollover.Requested requested = rollover.request();
    write(file, requested.request());
    Transcript transcript = new Transcript(host.clock().instant(), host.node());
    transcript.add("");
    transcript.add("Request for issuing certification authority " + requested.generation().name());
    transcript.addGrouped("public key", requested.keyHash().hex());
    transcript.add("");
    transcript.add(
        "Next: take " + file + " to the machine that has the root's key, see there that");
    transcript.add(
        "'root-sign' shows this SHA-256 of the public key, and bring back what it signs");
    transcript.add("for 'rollover --certificate'. The private key stays here.");
    return transcript.lines();
  }

  /** Takes in what came back. */
  public List<String> takeIn(Path file) {
    Der certificate = certificate(file);
    Generation unused = rollover.takeIn(certificate);
    return transcript(certificate);
  }

  private static Der certificate(Path file) {
    try {
      return Pem.single(CERTIFICATE, Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new RolloverException(file + " cannot be read (" + e.getMessage() + ")");
    } catch (IllegalArgumentException e) {
      throw new RolloverException(file + ": " + e.getMessage());
    }
  }

  private List<String> transcript(Der certificate) {
    Generations all = rollover.look();
    Generation made = all.all().get(all.all().size() - 1);
    Transcript transcript = new Transcript(host.clock().instant(), host.node());
    transcript.add("Issuing certification authority " + made.name(), certificate);
    transcript.add("");
    transcript.add("Written");
    transcript.add("  issuing key      " + cas.places().place(made.number()));
    transcript.add("");
    transcript.add("Next: copy the key file and its passphrase file to every other server, start");
    transcript.add("every server, and have every gateway fetch chain.pem. When all have it:");
    transcript.add("'rollover --activate'.");
    List<String> lines = new ArrayList<>(transcript.lines());
    Path file = cas.places().beside("ceremony-" + made.number() + ".txt");
    if (!Files.exists(file)) {
      new KeyFolder(host.random()).writePublic(file, String.join("\n", lines) + "\n");
    }
    return lines;
  }

  /** Has it issue. */
  public List<String> activate(Instant from, boolean regardless) {
    Generation activated = rollover.activate(from, regardless);
    return List.of(
        "Issuing CA " + activated.name() + " issues from " + from + " on, by every server that",
        "starts after it: start them all, one after the other. The CA before goes on signing CRLs",
        "and OCSP answers until the last certificate that it issued has ended.");
  }

  private void write(Path file, String text) {
    new KeyFolder(host.random()).writePublic(file, text);
  }
}
