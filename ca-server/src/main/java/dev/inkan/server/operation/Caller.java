package dev.inkan.server.operation;

import dev.inkan.core.api.Role;
import dev.inkan.core.audit.Actor;
import java.time.Instant;
import java.util.Set;

/**
 * The operator who asks, as the credential showed.
 *
 * @param roles never empty
 * @param credentialNotAfter when the credential in use ends
 */
public record Caller(String name, String displayName, Set<Role> roles, Instant credentialNotAfter) {

  public Caller {
    roles = Set.copyOf(roles);
  }

  /** Who the audit log says did it. */
  public Actor actor() {
    return new Actor(Actor.Kind.OPERATOR, name);
  }

  /** Whether the operator has one of {@code wanted}. */
  public boolean hasOneOf(Set<Role> wanted) {
    return wanted.stream().anyMatch(roles::contains);
  }
}
