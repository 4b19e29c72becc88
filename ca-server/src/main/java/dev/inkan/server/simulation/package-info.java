/** Time travel: what the jobs would do on the days to come, on a copy of the database. */
@NullMarked
package dev.inkan.server.simulation;

import org.jspecify.annotations.NullMarked;
