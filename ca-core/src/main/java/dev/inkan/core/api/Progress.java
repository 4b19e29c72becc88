package dev.inkan.core.api;

/** How far a request is. */
public record Progress(int total, int revoked, int alreadyRevoked, int pending) {}
