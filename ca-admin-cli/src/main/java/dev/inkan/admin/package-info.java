/** The bank staff's command line. */
@NullMarked
package dev.inkan.admin;

import org.jspecify.annotations.NullMarked;
