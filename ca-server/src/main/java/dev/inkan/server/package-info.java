/** The composition root and the commands of {@code inkan-server.jar}. */
@NullMarked
package dev.inkan.server;

import org.jspecify.annotations.NullMarked;
