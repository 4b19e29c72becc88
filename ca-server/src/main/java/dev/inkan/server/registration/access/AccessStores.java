package dev.inkan.server.registration.access;

import dev.inkan.server.registration.mail.MailStores;
import dev.inkan.server.registration.user.UserStores;

/** What log-ins need remembered, in one transaction. */
public interface AccessStores extends UserStores, MailStores {

  SessionStore sessions();
}
