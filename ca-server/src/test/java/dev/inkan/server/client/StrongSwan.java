package dev.inkan.server.client;

import dev.inkan.gateway.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code pki --verify --online}, which fetches from where the certificate says: full CRL, delta and
 * the root's. Left alone it takes a CRL where OCSP says unknown, so one of both is switched off.
 */
final class StrongSwan extends OneByOne {

  private static final Pattern REVOKED =
      Pattern.compile("certificate was revoked on (.*), reason: (.*)");
  private static final Set<Verdict.Detail> DETAILS =
      EnumSet.of(Verdict.Detail.REASON, Verdict.Detail.TIME);

  private final String off;

  private StrongSwan(Traits traits, String off) {
    super(traits);
    this.off = off;
  }

  static StatusClient ocsp() {
    return new StrongSwan(
        new Traits(
            "strongSwan pki, POST, nonce, SHA-1", Source.OCSP, DETAILS, false, Verdict.UNTRUSTED),
        "crl");
  }

  static StatusClient crl() {
    return new StrongSwan(
        new Traits("strongSwan pki, with delta", Source.CRL, DETAILS, false, Verdict.UNTRUSTED),
        "ocsp");
  }

  @Override
  void prepare(Site site) {
    String text = "pki {\nplugins {\nrevocation {\nenable_" + off + " = no\n}\n}\n}\n";
    try {
      Files.writeString(configuration(site), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  Verdict ask(Site site, Leaf leaf) {
    String output =
        Program.run(
                List.of(
                    "env",
                    "STRONGSWAN_CONF=" + configuration(site),
                    "pki",
                    "--verify",
                    "--online",
                    "--in",
                    leaf.pem().toString(),
                    "--cacert",
                    site.root().toString(),
                    "--cacert",
                    site.issuing().toString()))
            .output();
    Matcher revoked = REVOKED.matcher(output);
    if (revoked.find()) {
      // It has no word for 1970.
      boolean epoch = revoked.group(1).startsWith("---");
      return Words.revoked(
          Optional.of(Words.reason(revoked.group(2))),
          Optional.of(epoch ? Instant.EPOCH : Words.time(revoked.group(1))));
    } else if (output.contains("subject certificate invalid (valid from")) {
      return Verdict.EXPIRED;
    } else if (output.contains("no issuer certificate found")) {
      return Verdict.UNTRUSTED;
    } else if (output.contains("response contains no status on our certificate")) {
      return Verdict.UNKNOWN;
    } else if (output.contains("certificate status is good")
        && output.contains("is valid: until")) {
      return Verdict.GOOD;
    }
    return unclear(output);
  }

  private Path configuration(Site site) {
    return site.folder().resolve("strongswan-without-" + off + ".conf");
  }
}
