/** The web listener: one class a route. */
@NullMarked
package dev.inkan.server.http.web;

import org.jspecify.annotations.NullMarked;
