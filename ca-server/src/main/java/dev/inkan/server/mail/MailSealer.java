package dev.inkan.server.mail;

import dev.inkan.server.registration.Language;
import dev.inkan.server.registration.MailNumber;
import dev.inkan.server.registration.Notice;
import dev.inkan.server.registration.SealedSecret;

/**
 * Turns a notice into a mail's subject and text, sealed until it is sent. Safe for several threads.
 */
public interface MailSealer {

  SealedSecret compose(MailNumber number, Language language, Notice notice);
}
