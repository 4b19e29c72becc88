/** What the build holds about the core's shape. */
@NullMarked
package dev.inkan.architecture;

import org.jspecify.annotations.NullMarked;
