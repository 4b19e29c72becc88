/**
 * What master users do to the users of their own organisation: look them up, create, change, unlock
 * and remove them, and change their mail addresses. A bank's list of users is imported here too.
 */
@NullMarked
package dev.inkan.server.registration.administration;

import org.jspecify.annotations.NullMarked;
