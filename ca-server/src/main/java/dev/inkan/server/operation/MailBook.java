package dev.inkan.server.operation;

import dev.inkan.core.api.Mail;
import dev.inkan.core.api.MailState;
import dev.inkan.core.api.Page;
import java.util.Optional;

/** Mails as the bank's staff look them up, inside one transaction. */
public interface MailBook {

  /** Mails, the newest first. */
  Page<Mail> list(Optional<MailState> state, Optional<String> userId, Paging paging);

  Optional<Mail> find(long number);
}
