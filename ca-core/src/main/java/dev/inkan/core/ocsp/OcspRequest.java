package dev.inkan.core.ocsp;

import java.util.List;
import java.util.Optional;

/**
 * What a client asks.
 *
 * @param certificates at least one
 * @param nonce to be echoed, if there is one
 */
public record OcspRequest(List<CertificateId> certificates, Optional<Nonce> nonce) {

  public OcspRequest {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("a request asks about at least one certificate");
    }
  }
}
