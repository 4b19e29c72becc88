package dev.inkan.server.registration.secret;

import java.time.Instant;

/**
 * What is kept of a mailed code: everything but the code, which is derived.
 *
 * @param counter the moving factor it is derived from (RFC 4226, section 5.1)
 * @param tries wrong codes so far
 * @param sentAt when it was last mailed
 * @param expiresAt from when on it no longer counts; a resend does not move it
 */
public record CodeState(long counter, int tries, Instant sentAt, Instant expiresAt) {}
