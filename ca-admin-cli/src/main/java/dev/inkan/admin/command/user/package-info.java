/** Commands about users. */
@NullMarked
package dev.inkan.admin.command.user;

import org.jspecify.annotations.NullMarked;
