/** The bank's rules as pure decisions, and the one home of its numbers. Plain JDK, no clock. */
@NullMarked
package dev.inkan.core.policy;

import org.jspecify.annotations.NullMarked;
