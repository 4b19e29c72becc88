/** Whether this server can do its work, and how long its own certificates last. */
@NullMarked
package dev.inkan.server.health;

import org.jspecify.annotations.NullMarked;
