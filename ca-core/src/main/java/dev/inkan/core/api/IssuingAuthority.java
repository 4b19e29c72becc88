package dev.inkan.core.api;

import java.time.Instant;
import java.util.Optional;

/**
 * One of the installation's issuing CAs, which live side by side after a rollover.
 *
 * @param name as in addresses, files and logs: {@code issuing}, {@code issuing-2}, and so on
 * @param certificate empty until it came from the root
 * @param issuesFrom empty until somebody said it; the first one issues from the beginning
 * @param crlNumber of the newest CRL that any server signed
 * @param crlNextUpdate when that CRL ends
 * @param responderNotAfter when the certificate of its OCSP responder ends, the newest's
 */
public record IssuingAuthority(
    String name,
    IssuingAuthorityState state,
    Optional<AuthorityCertificate> certificate,
    Optional<Instant> issuesFrom,
    Optional<Instant> retiredAt,
    Optional<String> crlNumber,
    Optional<Instant> crlNextUpdate,
    Optional<Instant> responderNotAfter) {}
