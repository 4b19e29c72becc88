/** Tests of what commands print. */
@NullMarked
package dev.inkan.server.output;

import org.jspecify.annotations.NullMarked;
