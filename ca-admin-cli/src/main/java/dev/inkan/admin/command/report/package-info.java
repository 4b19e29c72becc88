/** Commands about reports. */
@NullMarked
package dev.inkan.admin.command.report;

import org.jspecify.annotations.NullMarked;
