/**
 * The commands of {@code inkan-server.jar}: each reads its options, opens what it needs and says
 * what became of it. Nothing here decides; an installation, a server or a room of its own does the
 * work.
 */
@NullMarked
package dev.inkan.server.command;

import org.jspecify.annotations.NullMarked;
