package dev.inkan.server.job;

import java.time.Duration;

/**
 * Something that is done by itself, again and again.
 *
 * @param name how the timetable stores it: rename none
 * @param every the wait between the end of one run and the next
 * @param work one run; what it throws is logged, and the next run comes all the same
 */
public record Job(String name, Duration every, Runnable work) {}
