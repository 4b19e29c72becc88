package dev.inkan.core.authority;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.cert.X509CertificateHolder;

/** What the witnesses of a ceremony read aloud and sign. Holds no secret. */
final class Transcript {

  private static final int GROUP = 4;
  private static final int GROUPS_PER_LINE = 8;

  private final List<String> lines = new ArrayList<>();

  Transcript(Instant at, NodeName node) {
    lines.add("Key ceremony at " + at + " on node " + node);
  }

  void add(String title, CertifiedKey made) {
    X509CertificateHolder certificate = parse(made);
    lines.add("");
    lines.add(title);
    lines.add("  subject      " + certificate.getSubject());
    lines.add("  issuer       " + certificate.getIssuer());
    lines.add("  serial       " + made.entry().serialNumber());
    lines.add("  valid from   " + made.entry().validity().notBefore());
    lines.add("  valid to     " + made.entry().validity().notAfter());
    lines.add("  key          " + made.credential().algorithm());
    List<String> groups = groups(Fingerprint.of(made.credential().certificate()).hex());
    for (int i = 0; i < groups.size(); i += GROUPS_PER_LINE) {
      lines.add(
          (i == 0 ? "  SHA-256      " : "               ")
              + String.join(" ", groups.subList(i, Math.min(groups.size(), i + GROUPS_PER_LINE))));
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  private static List<String> groups(String hex) {
    String upper = hex.toUpperCase(Locale.ROOT);
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < upper.length(); i += GROUP) {
      groups.add(upper.substring(i, i + GROUP));
    }
    return groups;
  }

  private static X509CertificateHolder parse(CertifiedKey made) {
    try {
      return new X509CertificateHolder(made.credential().certificate().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
