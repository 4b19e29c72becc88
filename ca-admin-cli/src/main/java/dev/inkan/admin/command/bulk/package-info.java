/** Commands about bulk revocations. */
@NullMarked
package dev.inkan.admin.command.bulk;

import org.jspecify.annotations.NullMarked;
