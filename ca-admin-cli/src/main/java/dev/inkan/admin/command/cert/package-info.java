/** Commands about certificates. */
@NullMarked
package dev.inkan.admin.command.cert;

import org.jspecify.annotations.NullMarked;
