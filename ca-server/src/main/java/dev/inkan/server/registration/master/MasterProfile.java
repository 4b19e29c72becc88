package dev.inkan.server.registration.master;

import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;

/**
 * What a master user says of themselves when registering (C2).
 *
 * @param name the person's name, as {@link User#isName} lets pass
 * @param mail counts once a code sent to it came back
 */
public record MasterProfile(UserId userId, String name, MailAddress mail) {

  public MasterProfile {
    if (!User.isName(name)) {
      throw new IllegalArgumentException("not a person's name");
    }
  }
}
