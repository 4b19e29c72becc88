/**
 * What each screen shows: one record a screen, ready-made words, no rule and no framework. A
 * template in {@code src/main/jte} turns each into HTML.
 */
@NullMarked
package dev.inkan.server.http.web.view;

import org.jspecify.annotations.NullMarked;
