/**
 * The bank's letter to a master user: organisations are added and invite, letters are checked at
 * the door, lapse or are replaced, and locks are ended.
 */
@NullMarked
package dev.inkan.server.registration.invitation;

import org.jspecify.annotations.NullMarked;
