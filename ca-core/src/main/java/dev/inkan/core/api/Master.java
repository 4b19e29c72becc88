package dev.inkan.core.api;

import java.util.List;
import java.util.Optional;

/**
 * How an organisation's master user stands.
 *
 * @param validCertificates initialising the user revokes none of them
 */
public record Master(
    String organisation,
    String organisationName,
    Optional<User> user,
    Optional<LetterStatus> letter,
    List<Certificate> validCertificates) {
  public Master {
    validCertificates = List.copyOf(validCertificates);
  }
}
