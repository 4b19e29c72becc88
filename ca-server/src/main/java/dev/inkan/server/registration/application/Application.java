package dev.inkan.server.registration.application;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.access.ApplicationId;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.SealedSecret;
import java.time.Instant;
import java.util.Optional;

/**
 * A user's application for a certificate, from the right password to the downloaded file (RFC 3647,
 * section 4.4.1).
 *
 * @param sealedPassword the login password under a key derived from the session token, until the
 *     file is made
 * @param issuingNode the process that makes the certificate, while it does
 */
public record Application(
    ApplicationId id,
    SubscriberId user,
    ApplicationState state,
    Instant createdAt,
    CodeState code,
    Optional<SealedSecret> sealedPassword,
    Optional<NodeName> issuingNode,
    Optional<IssuedFile> file) {}
