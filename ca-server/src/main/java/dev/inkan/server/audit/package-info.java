/** The audit trail after it was written: listed, signed from time to time, exported. */
@NullMarked
package dev.inkan.server.audit;

import org.jspecify.annotations.NullMarked;
