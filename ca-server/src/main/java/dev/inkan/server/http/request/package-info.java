/** What every request of a listener for people gets. */
@NullMarked
package dev.inkan.server.http.request;

import org.jspecify.annotations.NullMarked;
