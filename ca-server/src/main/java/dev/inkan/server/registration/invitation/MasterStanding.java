package dev.inkan.server.registration.invitation;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import java.util.List;
import java.util.Optional;

/**
 * How an organisation's master user stands, for whoever is about to change it.
 *
 * @param invitation the letter that counts, used or not
 * @param master the registered user, if there is one
 * @param valid the user's certificates that are valid: initialising the user revokes none of them
 */
public record MasterStanding(
    Organisation organisation,
    Optional<MasterInvitation> invitation,
    Optional<User> master,
    List<CertificateRecord> valid) {

  public MasterStanding {
    valid = List.copyOf(valid);
  }
}
