package dev.inkan.core.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An organisation's request to revoke a user's certificates (D3).
 *
 * @param held whether they were put on hold at once
 */
public record RevocationRequest(
    long number,
    RequestState state,
    Asked asked,
    String userId,
    String organisation,
    boolean held,
    Instant createdAt,
    String createdBy,
    Optional<Instant> decidedAt,
    Optional<String> decidedBy,
    Optional<String> decisionNote,
    List<RequestItem> certificates) {
  public RevocationRequest {
    certificates = List.copyOf(certificates);
  }
}
