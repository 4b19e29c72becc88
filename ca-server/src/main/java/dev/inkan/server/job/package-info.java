/** The timetable. */
@NullMarked
package dev.inkan.server.job;

import org.jspecify.annotations.NullMarked;
