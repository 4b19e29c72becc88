/** The project's documents, as the tests of every module read them. */
@NullMarked
package dev.inkan.documents;

import org.jspecify.annotations.NullMarked;
