/** Commands about the audit log. */
@NullMarked
package dev.inkan.admin.command.audit;

import org.jspecify.annotations.NullMarked;
