package dev.inkan.core.api;

import java.util.List;

/**
 * A user with their certificates and last mails.
 *
 * @param certificates the newest first
 * @param mails the last ten, the newest first
 */
public record UserDetails(User user, List<Certificate> certificates, List<Mail> mails) {
  public UserDetails {
    certificates = List.copyOf(certificates);
    mails = List.copyOf(mails);
  }
}
