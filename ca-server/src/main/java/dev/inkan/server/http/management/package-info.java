/** The listener for whoever watches the server. */
@NullMarked
package dev.inkan.server.http.management;

import org.jspecify.annotations.NullMarked;
