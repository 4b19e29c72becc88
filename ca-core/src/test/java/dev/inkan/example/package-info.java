/** How an application embeds the authority: compiled and run with the tests. */
@NullMarked
package dev.inkan.example;

import org.jspecify.annotations.NullMarked;
