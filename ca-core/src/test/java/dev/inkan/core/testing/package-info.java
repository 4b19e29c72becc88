/**
 * Test doubles shipped as ca-core's test-jar: a clock that stands still, stores in memory, a PKI.
 */
@NullMarked
package dev.inkan.core.testing;

import org.jspecify.annotations.NullMarked;
