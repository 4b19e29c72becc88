package dev.inkan.core.authority;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.key.KeyAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;

/** What the witnesses of a ceremony read aloud and sign. Holds no secret. */
public final class Transcript {

  private static final int GROUP = 4;
  private static final int GROUPS_PER_LINE = 8;

  private final List<String> lines = new ArrayList<>();

  public Transcript(Instant at, NodeName node) {
    lines.add("Key ceremony at " + at.truncatedTo(ChronoUnit.SECONDS) + " on node " + node);
  }

  /** Adds what a certificate says. */
  public void add(String title, Der encoded) {
    X509CertificateHolder certificate = parse(encoded);
    lines.add("");
    lines.add(title);
    lines.add("  subject      " + certificate.getSubject());
    lines.add("  issuer       " + certificate.getIssuer());
    lines.add("  serial       " + new SerialNumber(certificate.getSerialNumber()));
    lines.add("  valid from   " + certificate.getNotBefore().toInstant());
    lines.add("  valid to     " + certificate.getNotAfter().toInstant());
    lines.add("  key          " + algorithm(certificate));
    addGrouped("SHA-256", Fingerprint.of(encoded).hex());
  }

  /** Adds a value that people compare, in groups. */
  public void addGrouped(String name, String hex) {
    List<String> groups = groups(hex);
    for (int i = 0; i < groups.size(); i += GROUPS_PER_LINE) {
      lines.add(
          (i == 0 ? "  %-13s".formatted(name) : "               ")
              + String.join(" ", groups.subList(i, Math.min(groups.size(), i + GROUPS_PER_LINE))));
    }
  }

  /** Adds a line as it is. */
  public void add(String line) {
    lines.add(line);
  }

  public List<String> lines() {
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

  private static String algorithm(X509CertificateHolder certificate) {
    try {
      PublicKey key = new JcaX509CertificateConverter().getCertificate(certificate).getPublicKey();
      return KeyAlgorithm.of(key).map(KeyAlgorithm::toString).orElseGet(key::getAlgorithm);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read can be read again", e);
    }
  }

  static X509CertificateHolder parse(Der certificate) {
    try {
      return new X509CertificateHolder(certificate.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
