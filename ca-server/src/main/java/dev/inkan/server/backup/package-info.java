/** One encrypted file of everything an installation is, and the way back from it. */
@NullMarked
package dev.inkan.server.backup;

import org.jspecify.annotations.NullMarked;
