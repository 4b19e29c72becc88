/** What people and programs read: tables, sheets, JSON, CSV, times, progress. */
@NullMarked
package dev.inkan.admin.output;

import org.jspecify.annotations.NullMarked;
