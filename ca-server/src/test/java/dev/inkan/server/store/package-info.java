/** Tests of the stores, on every database they run on. */
@NullMarked
package dev.inkan.server.store;

import org.jspecify.annotations.NullMarked;
