/**
 * The registration authority: who is this person? Passwords, codes, sessions, certificate
 * applications. No framework, no SQL, no HTTP.
 */
@NullMarked
package dev.inkan.server.registration;

import org.jspecify.annotations.NullMarked;
