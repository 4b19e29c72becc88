/**
 * What only one person, or nobody, may read. Login passwords and their hashes, mailed codes that
 * are derived instead of stored, the tokens of browsers, and the keys that seal what the database
 * keeps for them. It knows no user and no store.
 */
@NullMarked
package dev.inkan.server.registration.secret;

import org.jspecify.annotations.NullMarked;
