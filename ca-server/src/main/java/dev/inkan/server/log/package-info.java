/** How the log is written. */
@NullMarked
package dev.inkan.server.log;

import org.jspecify.annotations.NullMarked;
