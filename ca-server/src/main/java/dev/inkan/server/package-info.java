/** The entrance of {@code inkan-server.jar}; its rooms lie in the packages below. */
@NullMarked
package dev.inkan.server;

import org.jspecify.annotations.NullMarked;
