/** What the demonstration alone needs: a mailbox that keeps what the server sends. */
@NullMarked
package dev.inkan.server.demo;

import org.jspecify.annotations.NullMarked;
