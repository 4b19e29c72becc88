/**
 * The registration that a master user completes with the letter: what they enter, the code that
 * proves their mail address, and the user it makes of them.
 */
@NullMarked
package dev.inkan.server.registration.master;

import org.jspecify.annotations.NullMarked;
