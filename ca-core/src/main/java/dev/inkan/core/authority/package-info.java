/** The use cases; the only room that combines rules, keys and stores. */
@NullMarked
package dev.inkan.core.authority;

import org.jspecify.annotations.NullMarked;
