package dev.inkan.core.authority;

import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.key.KeyAlgorithm;
import java.net.URI;

/**
 * What a ceremony makes.
 *
 * @param organisation the {@code O} of both CAs
 * @param rootName the root's {@code CN}
 * @param issuingName the issuing CA's {@code CN}
 * @param issuingAlgorithm P-384 or RSA-3072
 * @param publication the addresses of root and issuing CA
 */
public record CeremonyPlan(
    String organisation,
    String rootName,
    String issuingName,
    KeyAlgorithm issuingAlgorithm,
    Publication publication,
    PolicyIdentifiers policies) {

  public CeremonyPlan {
    if (!issuingAlgorithm.isAuthoritys()) {
      throw new IllegalArgumentException(
          "an issuing CA has a p-384 or an rsa-3072 key, not " + issuingAlgorithm);
    }
    if (rootName.equals(issuingName)) {
      throw new IllegalArgumentException("root and issuing CA need names of their own");
    }
  }

  /**
   * Where the two CAs publish.
   *
   * @param root what the issuing CA's certificate points to
   * @param issuing what end entities' certificates point to
   */
  public record Publication(AuthorityUris root, AuthorityUris issuing) {

    /** {@code root} and {@code issuingName} below one address; the root has no responder. */
    public static Publication below(URI base, String issuingName) {
      return new Publication(
          AuthorityUris.below(base, "root").withoutOcsp(), AuthorityUris.below(base, issuingName));
    }
  }
}
