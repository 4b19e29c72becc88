package dev.inkan.server.registration.administration;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.user.MailAddress;
import java.time.Instant;
import java.util.UUID;

/**
 * A new mail address of a user that has not answered yet (C4). A user has one under way.
 *
 * @param requestedBy the master user
 * @param code what was mailed to the new address
 */
public record AddressChange(
    UUID id,
    SubscriberId user,
    MailAddress mail,
    SubscriberId requestedBy,
    Instant createdAt,
    CodeState code) {}
