/** What the commands have in common. */
@NullMarked
package dev.inkan.admin.command;

import org.jspecify.annotations.NullMarked;
