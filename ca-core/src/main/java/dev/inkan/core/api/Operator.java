package dev.inkan.core.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A member of the bank's staff who may use the admin API.
 *
 * @param name how the audit log calls the operator
 * @param credentials the newest first
 */
public record Operator(
    String name,
    String displayName,
    List<Role> roles,
    OperatorState state,
    Instant createdAt,
    String createdBy,
    Optional<Instant> disabledAt,
    Optional<String> disabledBy,
    List<OperatorCredential> credentials) {
  public Operator {
    roles = List.copyOf(roles);
    credentials = List.copyOf(credentials);
  }
}
