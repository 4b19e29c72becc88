package dev.inkan.server.registration.mail;

import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * A mail as staff see it: never its text.
 *
 * @param userId whose mail it is; empty for an address that is no user's yet
 * @param kind {@link Notice#kind()}
 * @param attempts hand-overs tried so far
 * @param dueAt when the next one is, while it waits
 * @param claimedUntil not empty while a server is handing it over
 * @param reason why it was refused or dropped, or was put off last
 */
public record MailEntry(
    MailNumber number,
    Optional<UserId> userId,
    String kind,
    MailAddress to,
    MailState state,
    int attempts,
    Instant createdAt,
    Instant dueAt,
    Optional<Instant> claimedUntil,
    Optional<Instant> endedAt,
    Optional<String> reason) {}
