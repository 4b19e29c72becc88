/** Commands about requests to revoke. */
@NullMarked
package dev.inkan.admin.command.request;

import org.jspecify.annotations.NullMarked;
