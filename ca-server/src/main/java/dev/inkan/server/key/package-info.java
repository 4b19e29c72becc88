/** Where the authority's own keys live: opening, making and replacing them, in files and tokens. */
@NullMarked
package dev.inkan.server.key;

import org.jspecify.annotations.NullMarked;
