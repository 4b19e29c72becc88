package dev.inkan.server.command;

import dev.inkan.core.authority.OcspResponderCertificates;
import dev.inkan.core.authority.Transcript;
import dev.inkan.core.issue.CertificationRequest;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.AwaitedKey;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.server.authority.StatusNodeException;
import dev.inkan.server.authority.StatusResponder;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.key.AuthorityKeys;
import dev.inkan.server.key.KeyFolder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** On a server that only tells status: the request for its responder's certificate. */
@Command(
    name = "responder-request",
    description = {
      "On a server that only tells status: writes a request (PKCS#10) for its responder's"
          + " certificate, for 'responder-sign' on a server that has the issuing CA's key.",
      "Makes the key (status.responder-key-file) where there is none; it stays here. See"
          + " docs/servers.md."
    },
    mixinStandardHelpOptions = true)
public final class ResponderRequestCommand implements Runnable {

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the request goes; it must not be there yet.")
  private Path out;

  @Spec private CommandSpec spec;

  public ResponderRequestCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    if (Files.exists(out)) {
      throw new StatusNodeException(out + " is there already; nothing of it was changed.");
    }
    InkanConfig loaded = config.loadWithoutFiles();
    AuthorityKey place =
        new AuthorityKeys(loaded, CryptoProviders.fastest(random), random).responder();
    if (place.isMissing()) {
      make(place, loaded);
    }
    Credential key = place.open();
    CertificationRequest asked = CertificationRequest.of(key);
    new KeyFolder(random).writePublic(out, asked.toPem(key));
    Transcript transcript = new Transcript(clock.instant(), loaded.node());
    transcript.add("");
    transcript.add("Request for the OCSP responder of status node " + loaded.node());
    transcript.add("  key          " + place.place());
    transcript.addGrouped("public key", StatusResponder.hashOf(asked.publicKey()).hex());
    transcript.add("");
    transcript.add(
        "Next: take " + out + " to a server that has the issuing CA's key, and there run");
    transcript.add("'responder-sign --node " + loaded.node() + " --request FILE'. See that it");
    transcript.add("shows this SHA-256 of the public key. The private key stays here.");
    PrintWriter print = spec.commandLine().getOut();
    transcript.lines().forEach(print::println);
  }

  private void make(AuthorityKey place, InkanConfig loaded) {
    String name = OcspResponderCertificates.commonName(loaded.node());
    place.replace(
        AwaitedKey.of(
            "ocsp-responder",
            place.maker().signingKey(KeyAlgorithm.P_256),
            SubjectName.of(loaded.bank().name(), name),
            clock.instant()));
  }
}
