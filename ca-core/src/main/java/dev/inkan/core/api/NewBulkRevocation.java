package dev.inkan.core.api;

import java.util.List;
import java.util.Optional;

/**
 * Many certificates to revoke: of an organisation, or as listed.
 *
 * @param organisation exactly one of this and the lists is given; every certificate of it that
 *     counts
 */
public record NewBulkRevocation(
    Optional<String> organisation, List<String> serialNumbers, List<String> userIds, Asked asked) {
  public NewBulkRevocation {
    serialNumbers = List.copyOf(serialNumbers);
    userIds = List.copyOf(userIds);
  }
}
