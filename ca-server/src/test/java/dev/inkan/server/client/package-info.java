/** Programs and libraries of others that ask about certificates, each as its makers meant it. */
@NullMarked
package dev.inkan.server.client;

import org.jspecify.annotations.NullMarked;
