package dev.inkan.core.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The issuing CAs, the root, and what works under them.
 *
 * @param issuing the one that this server issues by
 * @param issuers every issuing CA there ever was here, the oldest first
 * @param responder of the responders' certificates that count, the newest
 * @param servers the TLS servers' certificates of this CA that count
 */
public record Authority(
    AuthorityCertificate root,
    AuthorityCertificate issuing,
    List<IssuingAuthority> issuers,
    Optional<AuthorityCertificate> responder,
    Optional<Instant> responderRenewsAt,
    List<AuthorityCertificate> servers) {
  public Authority {
    issuers = List.copyOf(issuers);
    servers = List.copyOf(servers);
  }
}
