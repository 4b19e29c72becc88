package dev.inkan.server.mail;

import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.user.Language;

/**
 * Turns a notice into a mail's subject and text, sealed until it is sent. Safe for several threads.
 */
public interface MailSealer {

  SealedSecret compose(MailNumber number, Language language, Notice notice);
}
