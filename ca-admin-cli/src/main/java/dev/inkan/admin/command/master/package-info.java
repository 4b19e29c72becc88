/** Commands about master users. */
@NullMarked
package dev.inkan.admin.command.master;

import org.jspecify.annotations.NullMarked;
