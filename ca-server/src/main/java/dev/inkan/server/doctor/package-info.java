/** Looks at an installation and names what is wrong and what mends it. Changes nothing. */
@NullMarked
package dev.inkan.server.doctor;

import org.jspecify.annotations.NullMarked;
