package dev.inkan.core.issue;

import java.net.URI;
import java.util.Optional;

/**
 * Where one CA publishes what relying parties ask for. A certificate carries the addresses of the
 * CA that signed it.
 *
 * @param ocsp the responder; a root, which signs hardly anything, may have none
 * @param caIssuers the CA's own certificate in DER
 * @param crl the CA's full CRL in DER
 */
public record AuthorityUris(Optional<URI> ocsp, URI caIssuers, URI crl) {

  public AuthorityUris {
    ocsp.ifPresent(uri -> requireHttp("ocsp", uri));
    requireHttp("caIssuers", caIssuers);
    requireHttp("crl", crl);
  }

  /**
   * The addresses below {@code base}, such as {@code http://pki.example:8080}: {@code /ocsp},
   * {@code /ca/NAME.cer} and {@code /crl/NAME.crl}.
   */
  public static AuthorityUris below(URI base, String name) {
    return new AuthorityUris(
        Optional.of(at(base, "/ocsp")),
        at(base, "/ca/" + name + ".cer"),
        at(base, "/crl/" + name + ".crl"));
  }

  /** Where the CA publishes its delta CRL: beside the full one, at {@code NAME-delta.crl}. */
  public URI deltaCrl() {
    return URI.create(crl.toString().replaceFirst("\\.crl$", "-delta.crl"));
  }

  /** The same addresses without a responder. */
  public AuthorityUris withoutOcsp() {
    return new AuthorityUris(Optional.empty(), caIssuers, crl);
  }

  private static URI at(URI base, String path) {
    String text = base.toString();
    return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
  }

  private static void requireHttp(String what, URI uri) {
    // RFC 5280, section 8: behind https a certificate could become unverifiable.
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException(what + " must be an http address: " + uri);
    }
  }
}
