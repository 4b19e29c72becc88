package dev.inkan.core.api;

import java.time.Instant;
import java.util.List;

/**
 * Who asks, and what the installation is like.
 *
 * @param credentialNotAfter when the certificate in use ends
 * @param zone the bank's, in which dates are meant: {@code Asia/Tokyo}
 */
public record Self(
    String name,
    String displayName,
    List<Role> roles,
    Instant credentialNotAfter,
    String zone,
    SecondOperator secondOperator,
    String version) {
  public Self {
    roles = List.copyOf(roles);
  }
}
