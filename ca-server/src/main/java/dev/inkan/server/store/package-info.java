/** All SQL, all Jdbi, the schema's migrations, and the journal beside the database. */
@NullMarked
package dev.inkan.server.store;

import org.jspecify.annotations.NullMarked;
