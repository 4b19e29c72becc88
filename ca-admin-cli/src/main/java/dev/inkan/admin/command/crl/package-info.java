/** Commands about certificate revocation lists. */
@NullMarked
package dev.inkan.admin.command.crl;

import org.jspecify.annotations.NullMarked;
