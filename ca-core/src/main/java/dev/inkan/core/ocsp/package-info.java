/**
 * OCSP without HTTP: octets to a request or a refusal, statuses to a signed answer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960">RFC 6960</a>
 */
@NullMarked
package dev.inkan.core.ocsp;

import org.jspecify.annotations.NullMarked;
