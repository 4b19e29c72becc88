/**
 * How much CPU time answers, CRLs and starts cost, each beside a reference measured in the same
 * run.
 */
@NullMarked
package dev.inkan.bench;

import org.jspecify.annotations.NullMarked;
