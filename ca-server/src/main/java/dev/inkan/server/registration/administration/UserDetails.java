package dev.inkan.server.registration.administration;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.server.registration.mail.MailEntry;
import dev.inkan.server.registration.user.User;
import java.util.List;
import java.util.Optional;

/**
 * What a master user sees of one general user.
 *
 * @param certificates every certificate that was issued, the newest first
 * @param mails the last ones, the newest first
 * @param addressChange the new address that has not answered yet
 */
public record UserDetails(
    User user,
    List<CertificateRecord> certificates,
    List<MailEntry> mails,
    Optional<AddressChange> addressChange) {

  public UserDetails {
    certificates = List.copyOf(certificates);
    mails = List.copyOf(mails);
  }
}
