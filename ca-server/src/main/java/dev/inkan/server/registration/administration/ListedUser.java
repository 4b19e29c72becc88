package dev.inkan.server.registration.administration;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.server.registration.user.User;
import java.util.Optional;

/**
 * One line of a master user's list.
 *
 * @param newest the certificate issued last, whatever became of it
 * @param lastMailRefused whether the last mail that left did not arrive
 */
public record ListedUser(User user, Optional<CertificateRecord> newest, boolean lastMailRefused) {}
