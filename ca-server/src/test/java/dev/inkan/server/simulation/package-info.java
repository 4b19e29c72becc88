@NullMarked
package dev.inkan.server.simulation;

import org.jspecify.annotations.NullMarked;
