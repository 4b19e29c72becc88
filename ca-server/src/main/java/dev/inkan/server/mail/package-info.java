/** The way out for mails: texts, the queue's sender, SMTP. */
@NullMarked
package dev.inkan.server.mail;

import org.jspecify.annotations.NullMarked;
