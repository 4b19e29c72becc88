package dev.inkan.core.api;

import java.time.Instant;
import java.util.Optional;

/**
 * 会員: a member organisation.
 *
 * @param stateSince when it was suspended, resumed or closed last
 * @param users that are not removed, the master included
 */
public record Organisation(
    String number,
    String name,
    OrganisationState state,
    Optional<Instant> stateSince,
    Optional<OrganisationMaster> master,
    Optional<LetterStatus> letter,
    int users,
    int validCertificates) {}
