/**
 * What the bank's staff do: operators and their roles, revocation requests, organisations, reports.
 * Knows neither HTTP nor SQL.
 */
@NullMarked
package dev.inkan.server.operation;

import org.jspecify.annotations.NullMarked;
