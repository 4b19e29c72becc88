/** The vocabulary: what everybody in the CA talks about. Plain JDK. */
@NullMarked
package dev.inkan.core.certificate;

import org.jspecify.annotations.NullMarked;
