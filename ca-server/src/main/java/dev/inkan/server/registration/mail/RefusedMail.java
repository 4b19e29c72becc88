package dev.inkan.server.registration.mail;

import dev.inkan.server.registration.user.MailAddress;
import java.time.Instant;

/**
 * A mail that never reached its reader.
 *
 * @param kind {@link Notice#kind()}
 * @param reason the mail server's words, for staff
 */
public record RefusedMail(
    MailNumber number, String kind, MailAddress to, Instant at, String reason) {}
