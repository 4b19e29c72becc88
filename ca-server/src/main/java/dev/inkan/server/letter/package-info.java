/** ご利用開始のお知らせ: the letter with which a master user begins, for a terminal and for the post. */
@NullMarked
package dev.inkan.server.letter;

import org.jspecify.annotations.NullMarked;
