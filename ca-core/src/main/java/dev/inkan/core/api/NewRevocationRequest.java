package dev.inkan.core.api;

import java.util.List;
import java.util.Optional;

/**
 * A request to record (D3): of the user's certificates that count, or of those named.
 *
 * @param userId exactly one of this and {@code serialNumbers} is given
 * @param serialNumbers all of one user
 * @param hold whether the certificates are put on hold at once, until it is decided
 */
public record NewRevocationRequest(
    Optional<String> userId, List<String> serialNumbers, Asked asked, boolean hold) {
  public NewRevocationRequest {
    serialNumbers = List.copyOf(serialNumbers);
  }
}
