/** The admin API from the side of the one who calls it. */
@NullMarked
package dev.inkan.admin.client;

import org.jspecify.annotations.NullMarked;
