/**
 * What travels between the admin API and its clients: plain records without annotations. In JSON
 * the fields are named as the components are; {@link java.time.Instant} is ISO 8601 in UTC, an enum
 * is its name, an empty {@link java.util.Optional} is left out, a list is always there.
 */
@NullMarked
package dev.inkan.core.api;

import org.jspecify.annotations.NullMarked;
