package dev.inkan.core.api;

import java.util.List;

/**
 * An organisation that was suspended, resumed or closed, or would be.
 *
 * @param done false after a dry run; {@code organisation} is then as it stands
 * @param validCertificates at most 100 of those that go on counting at the gateways until revoked
 *     or held
 */
public record OrganisationChange(
    Organisation organisation,
    boolean done,
    int sessionsEnded,
    int applicationsCancelled,
    List<Certificate> validCertificates) {
  public OrganisationChange {
    validCertificates = List.copyOf(validCertificates);
  }
}
