package dev.inkan.core.api;

import java.util.List;

/**
 * What the ledger says that the published CRL does not say yet, or any more; the first 10,000 of
 * each kind.
 *
 * @param number of the published full CRL
 * @param missing revoked and not on it
 * @param surplus on it and not revoked: released, or expired
 */
public record CrlDifference(String number, List<CrlEntry> missing, List<CrlEntry> surplus) {
  public CrlDifference {
    missing = List.copyOf(missing);
    surplus = List.copyOf(surplus);
  }
}
