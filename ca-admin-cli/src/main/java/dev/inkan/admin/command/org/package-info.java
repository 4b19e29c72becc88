/** Commands about organisations. */
@NullMarked
package dev.inkan.admin.command.org;

import org.jspecify.annotations.NullMarked;
