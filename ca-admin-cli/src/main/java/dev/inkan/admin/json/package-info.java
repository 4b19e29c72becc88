/** JSON to the API's records and back. */
@NullMarked
package dev.inkan.admin.json;

import org.jspecify.annotations.NullMarked;
