/** The installation's issuing CAs, one after the other, and the way from one to the next. */
@NullMarked
package dev.inkan.server.authority;

import org.jspecify.annotations.NullMarked;
