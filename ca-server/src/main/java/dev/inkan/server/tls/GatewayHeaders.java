package dev.inkan.server.tls;

import dev.inkan.core.certificate.Der;
import java.net.InetAddress;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * What a listed gateway says of its visitor: the certificate in {@code Client-Cert} (RFC 9440), the
 * address in {@code X-Forwarded-For}. Another spelling of these names is nobody's word.
 *
 * <p>{@code Forwarded} (RFC 7239) is not read: a gateway that sets the one header and passes on the
 * other as the visitor sent it would let the visitor choose an address.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9440">RFC 9440</a>
 */
final class GatewayHeaders {

  private static final String CERTIFICATE = "Client-Cert";
  private static final String VISITOR = "X-Forwarded-For";

  /** Headers that only a gateway may send, as they are once an underscore is read as a hyphen. */
  private static final Set<String> ITS_OWN =
      Set.of(
          "client-cert",
          "client-cert-chain",
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-port",
          "x-forwarded-proto",
          "x-forwarded-server",
          "x-real-ip");

  private final HttpFields headers;

  GatewayHeaders(HttpFields headers) {
    this.headers = headers;
  }

  /**
   * Whether the certificate is given twice, or in two values: then nobody knows which one counts.
   */
  boolean contradictThemselves() {
    return headers.getValuesList(CERTIFICATE).size() > 1
        || headers.getValuesList(CERTIFICATE).stream().anyMatch(value -> value.contains(","));
  }

  /**
   * The certificate; empty if none was shown. What is no byte sequence of RFC 8941, or holds no
   * certificate, is one that cannot be read.
   */
  Optional<ShownCertificate> certificate() {
    List<String> values = headers.getValuesList(CERTIFICATE);
    if (values.isEmpty() || values.get(0).isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        octets(values.get(0).strip())
            .map(ShownCertificate::parse)
            .orElseGet(ShownCertificate::unreadable));
  }

  private static Optional<Der> octets(String value) {
    if (value.length() < 3 || !value.startsWith(":") || !value.endsWith(":")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Der.copyOf(Base64.getDecoder().decode(value.substring(1, value.length() - 1))));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /**
   * The visitor's address: of those listed, the last that is no gateway's, since what stands before
   * was the visitor's own to write. {@code gateway} if there is none, or it is no address.
   */
  InetAddress visitor(InetAddress gateway, ProxyAddresses gateways) {
    List<String> hops =
        headers.getValuesList(VISITOR).stream()
            .flatMap(value -> List.of(value.split(",", -1)).stream())
            .toList();
    for (int i = hops.size() - 1; i >= 0; i--) {
      Optional<InetAddress> hop = ProxyAddresses.address(hops.get(i).strip());
      if (hop.isEmpty()) {
        return gateway;
      }
      if (!gateways.contains(hop.get())) {
        return hop.get();
      }
    }
    return gateway;
  }

  /** The headers without those that only a gateway may send, in every spelling. */
  HttpFields others() {
    HttpFields.Mutable others = HttpFields.build();
    headers.stream().filter(field -> !isItsOwn(field)).forEach(others::add);
    return others.asImmutable();
  }

  private static boolean isItsOwn(HttpField field) {
    return ITS_OWN.contains(field.getName().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
