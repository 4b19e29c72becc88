package dev.inkan.server.client;

import dev.inkan.gateway.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code ocsptool}, every other time with its nonce of 23 octets, and {@code certtool}. */
final class GnuTls {

  private static final Pattern STATUS = Pattern.compile("Certificate Status: (\\w+)");
  private static final Pattern TIME = Pattern.compile("Revocation time: \\w+ (.*)");

  private GnuTls() {}

  static StatusClient ocsp() {
    return new OneByOne(
        new StatusClient.Traits(
            "ocsptool, POST, nonce or none, SHA-1",
            StatusClient.Source.OCSP,
            Set.of(Verdict.Detail.TIME),
            true,
            Verdict.UNAUTHORIZED)) {
      @Override
      Verdict ask(Site site, Leaf leaf) {
        return ocsptool(site, leaf);
      }
    };
  }

  static StatusClient crl() {
    return new OneByOne(
        new StatusClient.Traits(
            "certtool --verify", StatusClient.Source.CRL, Set.of(), false, Verdict.UNTRUSTED)) {
      @Override
      Verdict ask(Site site, Leaf leaf) {
        return certtool(site, leaf);
      }
    };
  }

  private static Verdict ocsptool(Site site, Leaf leaf) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "ocsptool",
                "--ask=" + site.ocsp(),
                "--load-cert=" + leaf.pem(),
                "--load-issuer=" + site.issuerOf(leaf),
                "--load-trust=" + site.chain()));
    if (leaf.serialNumber().value().testBit(0)) {
      command.add("--nonce");
    }
    String output = Program.run(command).output();
    if (output.contains("Response Status: unauthorized")) {
      return Verdict.UNAUTHORIZED;
    }
    Optional<String> status = Words.find(STATUS, output);
    if (status.isEmpty() || !output.contains("Verifying OCSP Response: Success.")) {
      return OneByOne.unclear(output);
    }
    return status.get().equals("revoked")
        ? Words.revoked(Optional.empty(), Words.find(TIME, output).map(Words::time))
        : new Verdict(status.get());
  }

  private static Verdict certtool(Site site, Leaf leaf) {
    String output =
        Program.run(
                List.of(
                    "certtool",
                    "--verify",
                    "--infile=" + leaf.pem(),
                    "--load-ca-certificate=" + site.chain(),
                    "--load-crl=" + site.crlPem("full")))
            .output();
    String verdict = output.substring(Math.max(0, output.indexOf("Chain verification output:")));
    if (verdict.contains("uses expired certificate")) {
      return Verdict.EXPIRED;
    } else if (verdict.contains("issuer is unknown")) {
      return Verdict.UNTRUSTED;
    } else if (verdict.contains("is revoked")) {
      return Verdict.revoked();
    }
    boolean checked = output.contains("Checked against CRL");
    return checked && verdict.contains(": Verified.") ? Verdict.GOOD : OneByOne.unclear(output);
  }
}
