package dev.inkan.server.client;

import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.gateway.Program;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code openssl ocsp}, about as many certificates in one request as the responder takes. */
final class OpensslOcsp implements StatusClient {

  private static final int AT_ONCE = 32;
  private static final Pattern REASON = Pattern.compile("\n\tReason: (.*)");
  private static final Pattern TIME = Pattern.compile("\n\tRevocation Time: (.*)");

  private static final String UNNAMED = "(UNKNOWN)";
  private static final Set<RevocationReason> NAMELESS =
      EnumSet.of(RevocationReason.PRIVILEGE_WITHDRAWN, RevocationReason.AA_COMPROMISE);

  private final Traits traits;
  private final List<String> options;

  OpensslOcsp(String how, String... options) {
    this.traits =
        new Traits(
            "openssl ocsp, " + how,
            Source.OCSP,
            Set.of(Verdict.Detail.REASON, Verdict.Detail.TIME),
            true,
            Verdict.UNAUTHORIZED);
    this.options = List.of(options);
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public Map<SerialNumber, Verdict> ask(Site site, List<Leaf> leaves) {
    Map<SerialNumber, Verdict> said = new HashMap<>();
    List<Leaf> ours = leaves.stream().filter(leaf -> !leaf.foreign()).toList();
    List<Leaf> foreign = leaves.stream().filter(Leaf::foreign).toList();
    for (List<Leaf> group : List.of(ours, foreign)) {
      for (int from = 0; from < group.size(); from += AT_ONCE) {
        request(site, group.subList(from, Math.min(from + AT_ONCE, group.size())), said);
      }
    }
    return said;
  }

  private void request(Site site, List<Leaf> leaves, Map<SerialNumber, Verdict> said) {
    List<String> command = new ArrayList<>(List.of("openssl", "ocsp"));
    command.addAll(options); // a digest has to stand before the certificates
    command.addAll(List.of("-issuer", site.issuerOf(leaves.get(0)).toString()));
    leaves.forEach(leaf -> command.addAll(List.of("-cert", leaf.pem().toString())));
    command.addAll(List.of("-url", site.ocsp().toString(), "-CAfile", site.chain().toString()));
    String output = Program.run(command).output();
    for (Leaf leaf : leaves) {
      said.put(leaf.serialNumber(), verdict(leaf, output));
    }
  }

  private static Verdict verdict(Leaf leaf, String output) {
    if (output.contains("unauthorized (6)")) {
      return Verdict.UNAUTHORIZED;
    }
    Matcher block =
        Pattern.compile(Pattern.quote(leaf.pem().toString()) + ": (\\w+)((\n\t.*)*)")
            .matcher(output);
    if (!output.contains("Response verify OK") || !block.find()) {
      return OneByOne.unclear(output);
    }
    if (!block.group(1).equals("revoked")) {
      return new Verdict(block.group(1));
    }
    Optional<String> reason = Words.find(REASON, block.group(2));
    Verdict revoked =
        Words.revoked(
            reason.filter(it -> !it.equals(UNNAMED)).map(Words::reason),
            Words.find(TIME, block.group(2)).map(Words::time));
    return reason.filter(UNNAMED::equals).isPresent() ? unnamed(revoked) : revoked;
  }

  /** It has no word for some reasons. */
  @Override
  public Verdict told(Verdict ledger) {
    Verdict told = StatusClient.super.told(ledger);
    return told.reason().filter(NAMELESS::contains).isPresent() ? unnamed(told) : told;
  }

  private static Verdict unnamed(Verdict revoked) {
    return new Verdict(
        revoked.word() + " " + UNNAMED, Optional.empty(), revoked.at(), Optional.empty());
  }

  /** SHA-1 with a nonce, and SHA-256 without. */
  static Stream<StatusClient> both() {
    return Stream.of(
        new OpensslOcsp("POST, nonce, SHA-1"),
        new OpensslOcsp("POST, SHA-256", "-sha256", "-no_nonce"));
  }

  @Override
  public String toString() {
    return traits.source() + " " + traits.name();
  }
}
