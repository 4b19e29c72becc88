package dev.inkan.server.mail;

import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.user.MailAddress;
import java.time.Instant;

/**
 * A mail waiting to be sent.
 *
 * @param attempts hand-overs tried before
 * @param sealed subject and text, under the server's mail key
 */
public record QueuedMail(
    MailNumber number,
    String kind,
    MailAddress to,
    SealedSecret sealed,
    int attempts,
    Instant createdAt) {}
