/**
 * Who is at the door. User IDs and passwords are checked here within budgets, wrong ones are
 * counted and lock, a client certificate is compared with its user, and a session remembers the
 * browser that passed.
 */
@NullMarked
package dev.inkan.server.registration.access;

import org.jspecify.annotations.NullMarked;
