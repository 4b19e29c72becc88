package dev.inkan.core.issue;

import dev.inkan.core.policy.KeyPolicy;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Checks a certificate against its profile and RFC 5280 before a key that counts signs it. The
 * rules read the encoded certificate, not the template it was built from, so a slip of the builder
 * does not hide itself. Immutable.
 */
public final class CertificateLint {

  private final List<LintRule> rules;

  /** Every rule of this CA, with {@code keys} for the subject's public key. */
  public CertificateLint(KeyPolicy keys) {
    this(
        Stream.of(FieldRules.all(), NameRules.all(), ExtensionRules.all(), PurposeRules.all(keys))
            .flatMap(List::stream)
            .toList());
  }

  CertificateLint(List<LintRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * @throws LintViolationException listing everything that is wrong
   */
  void check(X509CertificateHolder rehearsal, CertificateTemplate template, Issuer issuer) {
    List<LintViolation> violations = violations(rehearsal, template, issuer);
    if (!violations.isEmpty()) {
      throw new LintViolationException(template.serialNumber(), violations);
    }
  }

  /** Everything that is wrong with {@code rehearsal}. */
  List<LintViolation> violations(
      X509CertificateHolder rehearsal, CertificateTemplate template, Issuer issuer) {
    Linted linted = new Linted(rehearsal, template, issuer);
    return rules.stream().flatMap(rule -> findings(rule, linted)).toList();
  }

  private static Stream<LintViolation> findings(LintRule rule, Linted linted) {
    Stream.Builder<LintViolation> found = Stream.builder();
    Consumer<String> report =
        finding -> found.add(new LintViolation(rule.name(), rule.reference(), finding));
    try {
      rule.check().accept(linted, report);
    } catch (RuntimeException e) {
      // The parser throws unchecked on malformed parts: that, too, is a finding.
      report.accept("cannot be read: " + e);
    }
    return found.build();
  }

  /** What the rules look at: the certificate as encoded, what was asked for, and the issuer. */
  record Linted(X509CertificateHolder certificate, CertificateTemplate template, Issuer issuer) {

    CertificateProfile profile() {
      return template.profile();
    }
  }
}
