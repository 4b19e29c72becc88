/**
 * The parts of a running server, each put together as the configuration describes it: the
 * registration authority, the desks behind the admin API, the status service, health and figures,
 * the published CRLs, the jobs.
 */
@NullMarked
package dev.inkan.server.service;

import org.jspecify.annotations.NullMarked;
