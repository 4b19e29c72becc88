package dev.inkan.server.registration.invitation;

import dev.inkan.server.registration.secret.LoginPassword;

/**
 * An invitation with the initial password that its letter tells, the only time that it is known.
 * Closing it wipes the password, which never prints.
 */
public record IssuedInvitation(MasterInvitation invitation, LoginPassword password)
    implements AutoCloseable {

  @Override
  public void close() {
    password.close();
  }
}
