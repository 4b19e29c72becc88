package dev.inkan.core.issue;

import dev.inkan.core.issue.CertificateLint.Linted;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One thing that must hold of a certificate.
 *
 * @param check reports every finding to the consumer it is given
 */
record LintRule(String name, String reference, BiConsumer<Linted, Consumer<String>> check) {

  static LintRule rfc5280(String name, String section, BiConsumer<Linted, Consumer<String>> check) {
    return new LintRule(name, "RFC 5280, " + section, check);
  }
}
