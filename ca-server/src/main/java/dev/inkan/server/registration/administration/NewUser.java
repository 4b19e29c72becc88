package dev.inkan.server.registration.administration;

import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;

/**
 * A general user as the master user describes them.
 *
 * @param name of the form that {@link User#isName} tells
 */
public record NewUser(UserId userId, String name, MailAddress mail) {}
