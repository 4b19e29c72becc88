/** What the authority writes down about each act. */
@NullMarked
package dev.inkan.core.audit;

import org.jspecify.annotations.NullMarked;
