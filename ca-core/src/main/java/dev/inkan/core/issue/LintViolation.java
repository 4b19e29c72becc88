package dev.inkan.core.issue;

/**
 * One thing that is wrong with a certificate.
 *
 * @param rule the rule's short name
 * @param reference where it is written, such as {@code RFC 5280, 4.1.2.2}
 * @param finding what was found
 */
public record LintViolation(String rule, String reference, String finding) {

  @Override
  public String toString() {
    return rule + " (" + reference + "): " + finding;
  }
}
