package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.IssuingCaCertificates;
import dev.inkan.core.authority.Transcript;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.CertificationRequest;
import dev.inkan.core.issue.LintViolationException;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.key.Pkcs12IssuerKey;
import dev.inkan.server.authority.RolloverException;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.key.KeyFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The offline half of a rollover: the root signs what another machine asked for. */
@Command(
    name = "root-sign",
    description = {
      "Signs an issuing CA's request with the root's key, on a machine that needs neither network"
          + " nor configuration nor database.",
      "Shows who asks and the SHA-256 of the public key, and asks before it signs. What it writes"
          + " goes back for 'rollover --certificate'."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage", "4:not confirmed; nothing signed"},
    mixinStandardHelpOptions = true)
public final class RootSignCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int NOT_CONFIRMED = 4;
  private static final NodeName NODE = new NodeName("root-ceremony");

  private final Clock clock;
  private final SecureRandom random;
  private final Confirmation confirmation;

  @Option(names = "--request", required = true, paramLabel = "FILE", description = "The request.")
  private Path request;

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

  @Option(
      names = "--base-url",
      required = true,
      paramLabel = "URL",
      description = "The installation's status.base-url, under which the root publishes.")
  private URI baseUrl;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the certificate goes; it must not be there yet.")
  private Path out;

  @Option(names = "--yes", description = "Signs without asking.")
  private boolean yes;

  @Spec private CommandSpec spec;

  public RootSignCommand(Clock clock, SecureRandom random, Confirmation confirmation) {
    this.clock = clock;
    this.random = random;
    this.confirmation = confirmation;
  }

  @Override
  public Integer call() {
    CryptoProviders providers = CryptoProviders.fastest(random);
    if (Files.exists(out)) {
      throw new RolloverException(out + " is there already; nothing of it was changed.");
    }
    CertificationRequest asked = read(providers);
    Credential root = root(providers);
    Transcript shown = new Transcript(clock.instant(), NODE);
    shown.add("");
    shown.add("Request");
    shown.add("  subject      " + asked.subject());
    shown.addGrouped(
        "public key", Fingerprint.of(Der.copyOf(asked.publicKey().getEncoded())).hex());
    shown.add("Root", root.certificate());
    shown.lines().forEach(spec.commandLine().getErr()::println);
    if (!isConfirmed()) {
      return NOT_CONFIRMED;
    }
    sign(asked, root, providers);
    return DONE;
  }

  private CertificationRequest read(CryptoProviders providers) {
    try {
      return CertificationRequest.read(
          Files.readString(request, StandardCharsets.ISO_8859_1), providers.forVerification());
    } catch (IOException e) {
      throw new RolloverException(request + " cannot be read (" + e.getMessage() + ")");
    } catch (IllegalArgumentException e) {
      throw new RolloverException(request + ": " + e.getMessage() + ". Nothing was signed.");
    }
  }

  private Credential root(CryptoProviders providers) {
    try (Passphrase passphrase = new SecretFile(passphraseFile).passphrase()) {
      Credential root =
          new Pkcs12IssuerKey(providers, random).load(CaName.ROOT.value(), keyFile, passphrase);
      if (root.chain().size() > 1
          || Authorities.parse(root.certificate()).getBasicConstraints() < 1) {
        throw new RolloverException(keyFile + " is no root's key. Nothing was signed.");
      }
      return root;
    }
  }

  private boolean isConfirmed() {
    return yes
        || confirmation.isGiven(
            "Sign it? Type yes: ", "Nothing was signed.", spec.commandLine().getErr());
  }

  private void sign(CertificationRequest asked, Credential root, CryptoProviders providers) {
    try {
      AuthorityUris uris = AuthorityUris.below(baseUrl, CaName.ROOT.value()).withoutOcsp();
      Der certificate =
          new IssuingCaCertificates(root, uris, new Host(clock, random, NODE), providers)
              .certify(asked);
      new KeyFolder(random).writePublic(out, Pem.certificates(List.of(certificate)));
      Transcript transcript = new Transcript(clock.instant(), NODE);
      transcript.add("Issuing certification authority", certificate);
      transcript.lines().forEach(spec.commandLine().getOut()::println);
    } catch (LintViolationException | IllegalArgumentException e) {
      throw new RolloverException(e.getMessage() + ". Nothing was signed.");
    }
  }
}
