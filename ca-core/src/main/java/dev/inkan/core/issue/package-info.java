/** From a request to a signed certificate: profiles, lint, prepare, then sign once. */
@NullMarked
package dev.inkan.core.issue;

import org.jspecify.annotations.NullMarked;
