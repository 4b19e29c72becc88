package dev.inkan.server.client;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.gateway.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code openssl verify} over some hundred certificates at once. */
final class OpensslCrl implements StatusClient {

  private static final int AT_ONCE = 250;
  private static final Pattern CODE = Pattern.compile("error (\\d+) at 0 depth lookup: .*");

  private final Traits traits;
  private final List<String> options;
  private final List<String> crls;

  private OpensslCrl(Traits traits, List<String> options, List<String> crls) {
    this.traits = traits;
    this.options = options;
    this.crls = crls;
  }

  /** With the full CRL, and with a delta over an earlier one; whatever the time. */
  static Stream<StatusClient> both() {
    return Stream.of(
        new OpensslCrl(
            new Traits("openssl verify", Source.CRL, Set.of(), true, Verdict.UNTRUSTED),
            List.of("-x509_strict", "-no_check_time"),
            List.of("full")),
        new OpensslCrl(
            new Traits("openssl verify", Source.DELTA, Set.of(), true, Verdict.UNTRUSTED),
            List.of("-x509_strict", "-no_check_time", "-extended_crl", "-use_deltas"),
            List.of("base", "delta")));
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public Map<SerialNumber, Verdict> ask(Site site, List<Leaf> leaves) {
    Map<SerialNumber, Verdict> said = new HashMap<>();
    for (int from = 0; from < leaves.size(); from += AT_ONCE) {
      said.putAll(verify(site, leaves.subList(from, Math.min(from + AT_ONCE, leaves.size()))));
    }
    return said;
  }

  private Map<SerialNumber, Verdict> verify(Site site, List<Leaf> leaves) {
    // Line by line, or what it says on both its outputs is mixed within a line.
    List<String> command = new ArrayList<>(List.of("stdbuf", "-oL"));
    command.addAll(List.of("openssl", "verify", "-crl_check"));
    command.addAll(options);
    command.addAll(List.of("-CAfile", site.chain().toString()));
    crls.forEach(crl -> command.addAll(List.of("-CRLfile", site.crlPem(crl).toString())));
    leaves.forEach(leaf -> command.add(leaf.pem().toString()));
    Map<String, Verdict> byFile = new HashMap<>();
    Verdict refusal = new Verdict("nothing");
    for (String line : Program.run(command).output().lines().toList()) {
      Matcher code = CODE.matcher(line);
      if (code.matches()) {
        refusal = refusal(code.group(1), line);
      } else if (line.endsWith(": verification failed")) {
        byFile.put(line.replaceAll("^error (.*): verification failed$", "$1"), refusal);
      } else if (line.endsWith(": OK")) {
        byFile.put(line.replaceAll(": OK$", ""), Verdict.GOOD);
      }
    }
    Map<SerialNumber, Verdict> said = new HashMap<>();
    for (Leaf leaf : leaves) {
      Verdict verdict = byFile.getOrDefault(leaf.pem().toString(), new Verdict("nothing"));
      said.put(leaf.serialNumber(), verdict);
    }
    return said;
  }

  private static Verdict refusal(String code, String line) {
    return switch (code) {
      case "10" -> Verdict.EXPIRED;
      case "20" -> Verdict.UNTRUSTED;
      case "23" -> Verdict.revoked();
      default -> new Verdict(line);
    };
  }

  @Override
  public String toString() {
    return traits.source() + " " + traits.name();
  }
}
