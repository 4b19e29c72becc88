package dev.inkan.core.audit;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the audit trail. Never holds a secret: no password, code, key or token.
 *
 * @param detail a short English phrase for the auditor; may be empty
 */
public record AuditEvent(
    Instant at,
    Actor actor,
    AuditAction action,
    Optional<SubscriberId> subscriber,
    Optional<SerialNumber> serialNumber,
    String detail) {}
