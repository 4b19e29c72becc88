/** Certificate revocation lists: written, signed and read as streams, so that size is no matter. */
@NullMarked
package dev.inkan.core.crl;

import org.jspecify.annotations.NullMarked;
