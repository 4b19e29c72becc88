/** Strict typed configuration: what cannot work is refused at start-up, in a sentence. */
@NullMarked
package dev.inkan.server.config;

import org.jspecify.annotations.NullMarked;
