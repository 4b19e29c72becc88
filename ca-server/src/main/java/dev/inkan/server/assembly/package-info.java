/**
 * The composition root: one place makes all objects of a running server and hands them to each
 * other, opens them in order and closes them in the reverse order.
 */
@NullMarked
package dev.inkan.server.assembly;

import org.jspecify.annotations.NullMarked;
