package dev.inkan.core.api;

import java.util.List;
import java.util.Optional;

/**
 * What a bulk revocation would revoke.
 *
 * @param unknown serial numbers and user IDs that name nothing; such a list is not taken
 * @param alreadyRevoked serial numbers that are left out
 * @param first at most 100 of them
 * @param created empty after a dry run
 */
public record BulkPreview(
    int certificates,
    int users,
    int organisations,
    List<String> unknown,
    List<String> alreadyRevoked,
    List<Certificate> first,
    Optional<BulkRevocation> created) {
  public BulkPreview {
    unknown = List.copyOf(unknown);
    alreadyRevoked = List.copyOf(alreadyRevoked);
    first = List.copyOf(first);
  }
}
