/** Commands about operators. */
@NullMarked
package dev.inkan.admin.command.operator;

import org.jspecify.annotations.NullMarked;
