/** What login gateways are told of certificates: kept in memory, signed ahead of being asked. */
@NullMarked
package dev.inkan.server.status;

import org.jspecify.annotations.NullMarked;
