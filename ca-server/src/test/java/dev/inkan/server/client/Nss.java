package dev.inkan.server.client;

import dev.inkan.gateway.Program;
import java.util.List;
import java.util.Set;

/**
 * {@code vfychain}, which validates paths as Firefox does and fetches from where the certificate
 * says. Told to fail without information, it calls unknown revoked; not told so, good: both are
 * asked.
 */
final class Nss extends OneByOne {

  private final String method;

  private Nss(Traits traits, String method) {
    super(traits);
    this.method = method;
  }

  static StatusClient ocsp() {
    return new Nss(
        new Traits("NSS vfychain, GET, SHA-1", Source.OCSP, Set.of(), false, Verdict.UNTRUSTED),
        "ocsp");
  }

  static StatusClient crl() {
    return new Nss(
        new Traits("NSS vfychain", Source.CRL, Set.of(), false, Verdict.UNTRUSTED), "crl");
  }

  @Override
  void prepare(Site site) {
    String database = database(site);
    var unused = site.folder().resolve("nss-" + method).toFile().mkdir();
    Program.run(List.of("certutil", "-N", "-d", database, "--empty-password")).orFail();
    add(database, "root", "CT,,", site.root().toString());
    add(database, "issuing", ",,", site.issuing().toString());
  }

  private static void add(String database, String name, String trust, String file) {
    Program.run(List.of("certutil", "-A", "-d", database, "-n", name, "-t", trust, "-i", file))
        .orFail();
  }

  @Override
  Verdict ask(Site site, Leaf leaf) {
    Verdict strict = vfychain(site, leaf, "failIfNoInfo");
    if (!strict.equals(Verdict.revoked()) || traits().source() == Source.CRL) {
      return strict;
    }
    Verdict lenient = vfychain(site, leaf, "requireInfo");
    return lenient.equals(Verdict.GOOD) ? Verdict.UNKNOWN : lenient;
  }

  private Verdict vfychain(Site site, Leaf leaf, String flag) {
    String output =
        Program.run(
                List.of(
                    "vfychain",
                    "-d",
                    database(site),
                    "-pp",
                    "-u",
                    "0",
                    "-g",
                    "leaf",
                    "-m",
                    method,
                    "-s",
                    flag,
                    leaf.der().toString()))
            .output();
    if (output.contains("Chain is good!")) {
      return Verdict.GOOD;
    } else if (output.contains("ERROR -8180:")) {
      return Verdict.revoked();
    } else if (output.contains("ERROR -8181:")) {
      return Verdict.EXPIRED;
    } else if (output.contains("ERROR -8157:")) {
      return Verdict.UNTRUSTED; // what it says of an issuer that did not sign
    }
    return unclear(output);
  }

  private String database(Site site) {
    return "sql:" + site.folder().resolve("nss-" + method);
  }
}
