/**
 * What becomes of a confirmed application: the certificate is issued once, its file is delivered
 * once. Renewal, supersession, revocation, and the notices of the calendar belong to the
 * certificate's later life.
 */
@NullMarked
package dev.inkan.server.registration.certificate;

import org.jspecify.annotations.NullMarked;
