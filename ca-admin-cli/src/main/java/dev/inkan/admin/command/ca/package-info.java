/** Commands about the CA. */
@NullMarked
package dev.inkan.admin.command.ca;

import org.jspecify.annotations.NullMarked;
