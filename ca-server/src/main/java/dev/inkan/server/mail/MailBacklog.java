package dev.inkan.server.mail;

import java.time.Instant;
import java.util.Optional;

/**
 * What waits to be handed over.
 *
 * @param oldest when the mail was queued that waits longest
 */
public record MailBacklog(long mails, Optional<Instant> oldest) {}
