/** Real login gateways and a client for them, for tests of other modules. */
@NullMarked
package dev.inkan.gateway;

import org.jspecify.annotations.NullMarked;
