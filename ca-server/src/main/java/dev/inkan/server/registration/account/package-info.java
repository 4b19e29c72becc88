/**
 * What users change of their own account: the initial password, which they replace before anything
 * else, the login password, and the language of their mails.
 */
@NullMarked
package dev.inkan.server.registration.account;

import org.jspecify.annotations.NullMarked;
