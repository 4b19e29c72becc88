package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.Pem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
   * An issuing CA.
   *
   * @param name in its addresses
   * @param since when its certificate came to be
   */
  public record Published(CaName name, Der certificate, Instant since) {}

  /**
   * @param issuing those whose certificates gateways need, the one that issues first
   * @param root the trust anchor
   */
  public IssuerCertificates(List<Published> issuing, Der root) {
    Map<String, PublishedFile> all = new HashMap<>();
    List<Der> chain = new ArrayList<>();
    Instant newest = Instant.EPOCH;
    for (Published ca : issuing) {
      byte[] der = ca.certificate().toByteArray();
      all.put("/ca/" + ca.name() + ".cer", file(DER_TYPE, der, ca.since()));
      chain.add(ca.certificate());
      newest = ca.since().isAfter(newest) ? ca.since() : newest;
    }
    chain.add(root);
    all.put("/ca/root.cer", file(DER_TYPE, root.toByteArray(), newest));
    byte[] pem = Pem.certificates(chain).getBytes(StandardCharsets.US_ASCII);
    all.put("/ca/chain.pem", file(PEM_TYPE, pem, newest));
    this.files = Map.copyOf(all);
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
