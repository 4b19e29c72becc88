/**
 * What users are told by mail: the notices, the outbox that takes them in the same transaction as
 * what they tell of, and the register of what became of them. How a mail is worded and sent is
 * decided elsewhere.
 */
@NullMarked
package dev.inkan.server.registration.mail;

import org.jspecify.annotations.NullMarked;
