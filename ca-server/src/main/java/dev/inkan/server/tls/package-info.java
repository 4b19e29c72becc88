/**
 * The web listener's TLS: it asks for a client certificate and lets every one through to be told.
 */
@NullMarked
package dev.inkan.server.tls;

import org.jspecify.annotations.NullMarked;
