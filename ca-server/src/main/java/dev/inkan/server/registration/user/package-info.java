/**
 * Who is registered: users with their IDs, roles and passwords, the organisations they belong to,
 * and the addresses and languages they are written to in. The stores that keep them are ports.
 */
@NullMarked
package dev.inkan.server.registration.user;

import org.jspecify.annotations.NullMarked;
