/**
 * The application for a certificate, from a right password to the code that proves the mail
 * address, until it is confirmed (RFC 3647, sections 4.1 and 4.2).
 */
@NullMarked
package dev.inkan.server.registration.application;

import org.jspecify.annotations.NullMarked;
