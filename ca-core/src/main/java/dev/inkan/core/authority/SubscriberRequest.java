package dev.inkan.core.authority;

import dev.inkan.core.certificate.SubscriberId;

/**
 * Who asks for a certificate, as the registration authority has identified them. Nothing else of
 * the request enters the certificate.
 *
 * @param organisation the subject's {@code O}; 1-64 characters (RFC 5280, appendix A.1)
 * @param commonName the subject's {@code CN}; 1-64 characters
 */
public record SubscriberRequest(SubscriberId subscriber, String organisation, String commonName) {

  private static final int UPPER_BOUND = 64;

  public SubscriberRequest {
    requireName("organisation", organisation);
    requireName("commonName", commonName);
  }

  private static void requireName(String what, String name) {
    int length = name.codePointCount(0, name.length());
    if (name.isBlank() || length > UPPER_BOUND) {
      throw new IllegalArgumentException(what + " must have 1-" + UPPER_BOUND + " characters");
    }
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(what + " must not hold control characters");
    }
  }
}
