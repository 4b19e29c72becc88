package dev.inkan.core.api;

/**
 * One field that cannot be taken.
 *
 * @param field its name, with its place in lists: {@code serialNumbers[2]}
 */
public record FieldProblem(String field, String wrong) {}
