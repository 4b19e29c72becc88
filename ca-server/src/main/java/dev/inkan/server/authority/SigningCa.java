package dev.inkan.server.authority;

import dev.inkan.core.authority.IssuingCa;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.key.IssuerKey;

/**
 * An issuing CA whose key this server has opened.
 *
 * @param uris where it publishes
 */
public record SigningCa(
    Generation generation, IssuerKey key, AuthorityUris uris, IssuingCa issuingCa) {

  public CaName name() {
    return generation.name();
  }

  public Der certificate() {
    return key.certificate();
  }
}
