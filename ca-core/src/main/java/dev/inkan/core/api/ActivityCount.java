package dev.inkan.core.api;

/** How often something happened. */
public record ActivityCount(String action, String actorKind, long count) {}
