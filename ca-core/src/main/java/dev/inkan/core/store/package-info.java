/** Ports: what the authority needs remembered, and how durably. */
@NullMarked
package dev.inkan.core.store;

import org.jspecify.annotations.NullMarked;
