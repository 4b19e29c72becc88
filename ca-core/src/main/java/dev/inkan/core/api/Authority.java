package dev.inkan.core.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The issuing CA, the root, and what works under them.
 *
 * @param servers the TLS servers' certificates of this CA that count
 */
public record Authority(
    AuthorityCertificate root,
    AuthorityCertificate issuing,
    Optional<AuthorityCertificate> responder,
    Optional<Instant> responderRenewsAt,
    List<AuthorityCertificate> servers) {
  public Authority {
    servers = List.copyOf(servers);
  }
}
