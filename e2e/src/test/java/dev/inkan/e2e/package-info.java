/** The whole thing from outside: a real browser, a real mail server, a real process to kill. */
@NullMarked
package dev.inkan.e2e;

import org.jspecify.annotations.NullMarked;
