package dev.inkan.server.registration;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy.Attempts;

/**
 * A person of an organisation who logs in.
 *
 * @param id stays when the user ID changes
 * @param name the person's name, 1-64 characters
 */
public record User(
    SubscriberId id,
    UserId userId,
    UserRole role,
    Organisation organisation,
    String name,
    MailAddress mail,
    PasswordHash password,
    Attempts lock) {

  private static final int NAME_MAXIMUM = 64;

  public User {
    Organisation.requirePrintable("name", name, NAME_MAXIMUM);
  }
}
