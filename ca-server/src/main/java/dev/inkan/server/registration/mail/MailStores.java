package dev.inkan.server.registration.mail;

import dev.inkan.core.store.Stores;

/** The ledger, and what users are told by mail, in one transaction. */
public interface MailStores extends Stores {

  Outbox outbox();

  MailRegister mails();
}
