package dev.inkan.server.assembly;

import java.util.OptionalInt;

/**
 * Where a running server listens.
 *
 * @param web empty where it does not have the listener; the same for the others
 */
public record Ports(OptionalInt web, OptionalInt status, OptionalInt admin, int management) {}
