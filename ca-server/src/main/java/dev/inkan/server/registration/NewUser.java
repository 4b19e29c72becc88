package dev.inkan.server.registration;

/**
 * A general user as the master user describes them.
 *
 * @param name of the form that {@link User#isName} tells
 */
public record NewUser(UserId userId, String name, MailAddress mail) {}
