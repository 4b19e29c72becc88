/** What is counted and measured while the server runs. Knows no other room. */
@NullMarked
package dev.inkan.server.metrics;

import org.jspecify.annotations.NullMarked;
