/** The terminal, or the pipes in its place. */
@NullMarked
package dev.inkan.admin.terminal;

import org.jspecify.annotations.NullMarked;
