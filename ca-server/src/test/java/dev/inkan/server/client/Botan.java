package dev.inkan.server.client;

import dev.inkan.gateway.Program;
import java.util.List;
import java.util.Set;

/** {@code botan ocsp_check}, which fetches from where the certificate says. It reads no CRLs. */
final class Botan extends OneByOne {

  Botan() {
    super(
        new Traits(
            "Botan ocsp_check, POST, SHA-1", Source.OCSP, Set.of(), true, Verdict.UNAUTHORIZED));
  }

  @Override
  Verdict ask(Site site, Leaf leaf) {
    String output =
        Program.run(
                List.of(
                    "botan", "ocsp_check", leaf.pem().toString(), site.issuerOf(leaf).toString()))
            .output()
            .strip();
    return switch (output) {
      case "OCSP check OK" -> Verdict.GOOD;
      case "OCSP check failed Certificate is revoked" -> Verdict.revoked();
      case "OCSP check failed OCSP bad status" -> Verdict.UNKNOWN;
      // That is: a response that says no more than that it is one.
      case "OCSP check failed OCSP parsing valid" -> Verdict.UNAUTHORIZED;
      default -> unclear(output);
    };
  }
}
