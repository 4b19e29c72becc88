package dev.inkan.server.registration.certificate;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.util.Optional;

/**
 * Who has to hear of a certificate, inside one transaction. Removed users are found here: their
 * certificates outlive them.
 */
public interface HolderStore {

  /** The holder's user ID, even if the holder is removed. */
  Optional<UserId> userId(SubscriberId holder);

  /** The master user of the holder's organisation; the holder, where that is the master. */
  Optional<User> master(SubscriberId holder);
}
