/** The only room where a private key exists: making, keeping and handing out keys. */
@NullMarked
package dev.inkan.core.key;

import org.jspecify.annotations.NullMarked;
