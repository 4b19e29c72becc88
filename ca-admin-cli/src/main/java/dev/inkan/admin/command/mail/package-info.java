/** Commands about mails. */
@NullMarked
package dev.inkan.admin.command.mail;

import org.jspecify.annotations.NullMarked;
