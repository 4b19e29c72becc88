package dev.inkan.server.registration.user;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy.Attempts;

/**
 * A person of an organisation who logs in.
 *
 * @param id stays when the user ID changes
 * @param name the person's name, 1-64 characters
 * @param language in which the user is written to
 */
public record User(
    SubscriberId id,
    UserId userId,
    UserRole role,
    Organisation organisation,
    String name,
    MailAddress mail,
    Language language,
    UserPassword password,
    Attempts lock) {

  private static final int NAME_MAXIMUM = 64;

  public User {
    Organisation.requirePrintable("name", name, NAME_MAXIMUM);
  }

  /** Whether {@code text} can be a person's name. */
  public static boolean isName(String text) {
    return Organisation.isPrintable(text, NAME_MAXIMUM);
  }

  /** The user with another password. */
  public User with(UserPassword other) {
    return new User(id, userId, role, organisation, name, mail, language, other, lock);
  }
}
