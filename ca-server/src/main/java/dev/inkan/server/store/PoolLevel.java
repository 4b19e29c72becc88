package dev.inkan.server.store;

/**
 * The connections to the database.
 *
 * @param active in use
 * @param idle open and free
 * @param waiting threads that want one
 * @param most how many there may be
 */
public record PoolLevel(int active, int idle, int waiting, int most) {}
