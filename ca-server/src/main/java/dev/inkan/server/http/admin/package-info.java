/** The admin API: who asks, which route, and what travels; the acts themselves are elsewhere. */
@NullMarked
package dev.inkan.server.http.admin;

import org.jspecify.annotations.NullMarked;
