package dev.inkan.server.status;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.Pem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The CA certificates that relying parties fetch: {@code /ca/NAME.cer} in DER, as AIA wants it, and
 * {@code /ca/chain.pem} for gateways. Immutable.
 */
public final class IssuerCertificates implements Publication {

  private static final String DER_TYPE = "application/pkix-cert";
  private static final String PEM_TYPE = "application/pem-certificate-chain";

  private final Map<String, PublishedFile> files;

  /**
   * @param name the issuing CA's name in its addresses
   * @param chain the issuing CA's certificate first, the root's last
   * @param since when these came to be
   */
  public IssuerCertificates(String name, List<Der> chain, Instant since) {
    Der root = chain.get(chain.size() - 1);
    byte[] pem = Pem.certificates(chain).getBytes(StandardCharsets.US_ASCII);
    this.files =
        Map.of(
            "/ca/" + name + ".cer",
            file(DER_TYPE, chain.get(0).toByteArray(), since),
            "/ca/root.cer",
            file(DER_TYPE, root.toByteArray(), since),
            "/ca/chain.pem",
            file(PEM_TYPE, pem, since));
  }

  private static PublishedFile file(String type, byte[] octets, Instant since) {
    String etag = Fingerprint.of(Der.copyOf(octets)).hex().substring(0, 16);
    return new PublishedFile(
        type, new PublishedFile.Content.Octets(octets), etag, since, Optional.empty());
  }

  @Override
  public Optional<PublishedFile> find(String path) {
    return Optional.ofNullable(files.get(path));
  }
}
